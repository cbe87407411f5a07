//! A web server on this machine for tests of the network. It serves a folder, or fails as real servers fail.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// The reaction of the server to a request.
#[derive(Debug, Clone)]
pub enum Behaviour {
    /// It serves a folder.
    Folder(PathBuf),
    /// It redirects every request to this address, in which the requested path replaces `{path}`.
    Redirect(String),
    /// It answers every request with this status and an empty body.
    Status(u16),
    /// It answers every request with a page and the status 200.
    Page,
    /// It states the length of the file, but sends only half of the bytes.
    Half(PathBuf),
    /// It closes every connection without an answer.
    Silent,
    /// It serves a folder with this date in the header.
    At(PathBuf, &'static str),
}

/// A server that stops when the value is dropped.
pub struct WebServer {
    port: u16,
    behaviour: Arc<Mutex<Behaviour>>,
    requests: Arc<Mutex<Vec<String>>>,
    is_closing: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl WebServer {
    pub fn new(behaviour: Behaviour) -> WebServer {
        let listener = TcpListener::bind("127.0.0.1:0").expect("port");
        let port = listener.local_addr().expect("address").port();
        let behaviour = Arc::new(Mutex::new(behaviour));
        let (requests, is_closing) = (Arc::default(), Arc::new(AtomicBool::new(false)));
        let shared = (behaviour.clone(), Arc::clone(&requests), is_closing.clone());
        let thread = std::thread::spawn(move || {
            let (behaviour, requests, is_closing) = shared;
            for stream in listener.incoming() {
                if is_closing.load(Ordering::SeqCst) {
                    return;
                }
                let behaviour = behaviour.lock().expect("behaviour").clone();
                if let Ok(stream) = stream {
                    // A client may close the connection early.
                    let _ = answer(stream, &behaviour, &requests);
                }
            }
        });
        WebServer {
            port,
            behaviour,
            requests,
            is_closing,
            thread: Some(thread),
        }
    }

    /// The host and the port of the server.
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// An address of the server.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.host())
    }

    pub fn behave(&self, behaviour: Behaviour) {
        *self.behaviour.lock().expect("behaviour") = behaviour;
    }

    /// The methods and paths of the requests since the last call.
    pub fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.requests.lock().expect("requests"))
    }
}

impl Drop for WebServer {
    fn drop(&mut self) {
        self.is_closing.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.host());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// An address at whose port no server listens.
pub fn dead_url() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("port");
    format!("http://{}/", listener.local_addr().expect("address"))
}

fn answer(
    mut stream: TcpStream,
    behaviour: &Behaviour,
    requests: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
            break;
        }
    }
    let mut words = line.split_whitespace();
    let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    requests
        .lock()
        .expect("requests")
        .push(format!("{method} {path}"));
    let is_head = method == "HEAD";
    let mut send = |status: u16, headers: &str, body: &[u8], length: usize| {
        let head = format!(
            "HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n"
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(if is_head { b"" } else { body })
    };
    let file = |folder: &Path| {
        let path = path.split(['?', '#']).next().unwrap_or("");
        fs::read(folder.join(path.trim_start_matches('/'))).ok()
    };
    match behaviour {
        Behaviour::Folder(folder) => match file(folder) {
            Some(bytes) => send(200, "", &bytes, bytes.len()),
            None => send(404, "Content-Type: text/html\r\n", b"<p>none", 7),
        },
        Behaviour::At(folder, date) => match file(folder) {
            Some(bytes) => send(200, &format!("Date: {date}\r\n"), &bytes, bytes.len()),
            None => send(404, "", b"", 0),
        },
        Behaviour::Redirect(to) => {
            let to = to.replace("{path}", path);
            send(302, &format!("Location: {to}\r\n"), b"", 0)
        }
        Behaviour::Status(status) => send(*status, "", b"", 0),
        Behaviour::Page => send(200, "Content-Type: text/html\r\n", b"<!doctype html>", 15),
        Behaviour::Half(folder) => match file(folder) {
            Some(bytes) => send(200, "", &bytes[..bytes.len() / 2], bytes.len()),
            None => send(404, "", b"", 0),
        },
        Behaviour::Silent => Ok(()),
    }
}
