//! A web server on this machine for tests of the network: it serves a folder, or fails in the ways that servers do.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// What the server does with a request.
#[derive(Debug, Clone)]
pub enum Behaviour {
    /// It serves a folder.
    Folder(PathBuf),
    /// It leads every request to this address; `{path}` stands for the path that was asked for.
    Redirect(String),
    /// It answers every request with this status and no page.
    Status(u16),
    /// It answers every request with a page and the status 200.
    Page,
    /// It states the length of the file and breaks off halfway.
    Half(PathBuf),
    /// It closes every connection without a word.
    Silent,
    /// It serves a folder and states this date.
    At(PathBuf, &'static str),
}

/// A server that ends when the value goes.
pub struct WebServer {
    port: u16,
    behaviour: Arc<Mutex<Behaviour>>,
    asked: Arc<Mutex<Vec<String>>>,
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl WebServer {
    pub fn new(behaviour: Behaviour) -> WebServer {
        let listener = TcpListener::bind("127.0.0.1:0").expect("port");
        let port = listener.local_addr().expect("address").port();
        let behaviour = Arc::new(Mutex::new(behaviour));
        let (asked, ends) = (Arc::default(), Arc::new(AtomicBool::new(false)));
        let shared = (behaviour.clone(), Arc::clone(&asked), ends.clone());
        let thread = std::thread::spawn(move || {
            let (behaviour, asked, ends) = shared;
            for stream in listener.incoming() {
                if ends.load(Ordering::SeqCst) {
                    return;
                }
                let behaviour = behaviour.lock().expect("behaviour").clone();
                if let Ok(stream) = stream {
                    // A client that hangs up early is no fault of the server.
                    let _ = answer(stream, &behaviour, &asked);
                }
            }
        });
        WebServer {
            port,
            behaviour,
            asked,
            ends,
            thread: Some(thread),
        }
    }

    /// The host with its port.
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

    /// The methods and paths that were asked for since the last call.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().expect("asked"))
    }
}

impl Drop for WebServer {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.host());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A port on which nobody listens.
pub fn dead_url() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("port");
    format!("http://{}/", listener.local_addr().expect("address"))
}

fn answer(
    mut stream: TcpStream,
    behaviour: &Behaviour,
    asked: &Mutex<Vec<String>>,
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
    asked
        .lock()
        .expect("asked")
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
