//! Answers to the browser: a page, an asset, the reload stream. The reload script is added here, never on the disk.

use super::{Faults, Preview, PreviewState};
use crate::diagnostic::Lang;
use crate::outputs::{ORIGIN, POLICY, declared, is_open, media_type};
use crate::say;
use crate::text::markup::escape;
use crate::text::url::decode;
use anyhow::{Context, Result};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use std::convert::Infallible;
use std::sync::Arc;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

/// Waits for another version than the page's own, and reloads where the reader was.
const RELOAD: &str = include_str!("reload.js");
/// How faults and findings look.
const STYLE: &str = include_str!("preview.css");

/// Answers until it is interrupted.
pub async fn listen(listener: tokio::net::TcpListener, preview: Arc<Preview>) -> Result<()> {
    let routes = Router::new()
        .route("/__gangwei/events", get(events))
        .route("/__gangwei/reload.js", get(reload_script))
        .route("/__gangwei/preview.css", get(style))
        .fallback(get(output))
        .layer(axum::middleware::from_fn(only_this_machine))
        .with_state(preview);
    axum::serve(listener, routes)
        .with_graceful_shutdown(async {
            let _ = tokio::signal::ctrl_c().await;
            // Reload streams never end by themselves.
            #[expect(clippy::disallowed_methods, reason = "nothing else ends open streams")]
            std::process::exit(0);
        })
        .await
        .context("serve")
}

async fn reload_script() -> Response<Body> {
    answer(
        StatusCode::OK,
        "text/javascript; charset=utf-8",
        RELOAD.as_bytes().to_vec(),
    )
}

async fn style() -> Response<Body> {
    answer(
        StatusCode::OK,
        "text/css; charset=utf-8",
        STYLE.as_bytes().to_vec(),
    )
}

async fn events(
    State(preview): State<Arc<Preview>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let versions = WatchStream::new(preview.subscribe());
    let stream = versions.map(|version| Ok(Event::default().data(version.to_string())));
    Sse::new(stream).keep_alive(KeepAlive::default())
}

async fn output(State(preview): State<Arc<Preview>>, uri: Uri) -> Response<Body> {
    let path = output_path(uri.path());
    let answered = tokio::task::spawn_blocking(move || respond(&preview, &path)).await;
    answered.unwrap_or_else(|error| {
        let text = error.to_string().into_bytes();
        answer(
            StatusCode::INTERNAL_SERVER_ERROR,
            "text/plain; charset=utf-8",
            text,
        )
    })
}

async fn only_this_machine(request: Request, next: Next) -> Response<Body> {
    if is_local(request.headers()) {
        next.run(request).await
    } else {
        answer(
            StatusCode::FORBIDDEN,
            "text/plain; charset=utf-8",
            b"only this machine is answered\n".to_vec(),
        )
    }
}

/// A page of another host that resolves here must not read the preview.
fn is_local(headers: &HeaderMap) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or("");
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    ["127.0.0.1", "localhost", "[::1]"].contains(&name)
}

/// `/jobs/a/` asks for `jobs/a/index.html`.
fn output_path(path: &str) -> String {
    let decoded = decode(path.trim_start_matches('/')).into_owned();
    if decoded.ends_with('/') || decoded.is_empty() {
        format!("{decoded}index.html")
    } else {
        decoded
    }
}

fn respond(preview: &Preview, path: &str) -> Response<Body> {
    let mut state = preview.state();
    let Some(portal) = state.portal.clone() else {
        let page = fault_page(&state, preview.lang);
        return answer(StatusCode::INTERNAL_SERVER_ERROR, HTML, page);
    };
    let (status, found) = match portal.output(path) {
        Some(found) => (StatusCode::OK, Some(found)),
        None if portal.output(&format!("{path}/index.html")).is_some() => return redirect(path),
        None => (StatusCode::NOT_FOUND, portal.output("404.html")),
    };
    match found {
        Some(Ok(bytes)) if is_html(path) || status == StatusCode::NOT_FOUND => {
            if portal.source().config.theme.is_some() {
                preview.keep_page(path, &bytes);
            }
            answer(status, HTML, with_reload(&bytes, &state, path))
        }
        Some(Ok(bytes)) => {
            let mut response = answer(status, &mime(path), bytes);
            if is_open(path, portal.source()) {
                response.headers_mut().insert(
                    header::ACCESS_CONTROL_ALLOW_ORIGIN,
                    HeaderValue::from_static(ORIGIN.1),
                );
            }
            response
        }
        Some(Err(error)) => {
            state.faults = Arc::new(Faults::of(error));
            if let Some(bytes) = preview.last_page(path) {
                answer(status, HTML, with_reload(&bytes, &state, path))
            } else {
                let page = fault_page(&state, preview.lang);
                answer(StatusCode::INTERNAL_SERVER_ERROR, HTML, page)
            }
        }
        None => answer(status, "text/plain; charset=utf-8", b"404\n".to_vec()),
    }
}

fn redirect(path: &str) -> Response<Body> {
    let mut response = answer(
        StatusCode::PERMANENT_REDIRECT,
        "text/plain; charset=utf-8",
        Vec::new(),
    );
    let target = format!(
        "/{}/",
        percent_encoding::utf8_percent_encode(path, percent_encoding::NON_ALPHANUMERIC)
            .to_string()
            .replace("%2F", "/")
    );
    if let Ok(target) = HeaderValue::from_str(&target) {
        response.headers_mut().insert(header::LOCATION, target);
    }
    response
}

const HTML: &str = "text/html; charset=utf-8";

fn is_html(path: &str) -> bool {
    path.ends_with(".html")
}

fn mime(path: &str) -> String {
    declared(path).map_or_else(|| media_type(path), |file| file.content_type.to_owned())
}

/// The page with the reload script, the faults of the last reading where there are any, and the findings of its
/// document.
fn with_reload(bytes: &[u8], state: &PreviewState, path: &str) -> Vec<u8> {
    let page = String::from_utf8_lossy(bytes);
    let lang = page_language(&page);
    let (faults, findings) = (&state.faults, state.findings(path));
    let mut added = reload_tag(state.version);
    if !faults.is_empty() {
        added.push_str(&overlay(lang, faults.count(), &faults.text(lang)));
    }
    if !findings.is_empty() {
        added.push_str(&format!(
            "{STYLE_LINK}<pre class=\"gangwei-findings\" role=\"note\">{}</pre>",
            escape(&super::text(findings, lang))
        ));
    }
    match page.rfind("</body>") {
        Some(at) => [&page[..at], &added, &page[at..]].concat().into_bytes(),
        None => [&page, added.as_str()].concat().into_bytes(),
    }
}

const STYLE_LINK: &str = "<link rel=\"stylesheet\" href=\"/__gangwei/preview.css\">";

fn reload_tag(version: u64) -> String {
    format!("<script src=\"/__gangwei/reload.js\" data-version=\"{version}\" defer></script>")
}

/// The language of a page's own words.
fn page_language(page: &str) -> Lang {
    let tag = page.split_once("<html").map_or("", |(_, rest)| rest);
    if tag
        .split('>')
        .next()
        .is_some_and(|tag| tag.contains("lang=\"en"))
    {
        Lang::En
    } else {
        Lang::Zh
    }
}

/// The faults over the page; a reader may fold them away to see what is below.
fn overlay(lang: Lang, count: usize, text: &str) -> String {
    let said = say!(
        "有 {count} 处要改，改好保存后这里会消失；页面还是改之前的，点这一行可以收起",
        "{count} to repair; this goes away once they are repaired and saved. The page is as it was before; this line folds it away"
    );
    format!(
        "{STYLE_LINK}<div role=\"alert\"><details class=\"gangwei-faults\" open><summary>{}</summary><pre>{}</pre></details></div>",
        escape(said.get(lang)),
        escape(text)
    )
}

/// The page in place of a missing one: it holds the faults, or the reason why the page could not be made.
fn fault_page(state: &PreviewState, lang: Lang) -> Vec<u8> {
    let text = state.faults.text(lang);
    let code = match lang {
        Lang::Zh => "zh-Hans",
        Lang::En => "en",
    };
    format!(
        "<!DOCTYPE html><html lang=\"{code}\"><meta charset=\"utf-8\"><title>gangwei</title><body>{STYLE_LINK}<pre class=\"gangwei-findings\" role=\"alert\">{}</pre>{}</body></html>",
        escape(&text),
        reload_tag(state.version)
    )
    .into_bytes()
}

fn answer(status: StatusCode, mime: &str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if let Ok(mime) = HeaderValue::from_str(mime) {
        headers.insert(header::CONTENT_TYPE, mime);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    response
}
