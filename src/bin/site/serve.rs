//! The preview server: the built files, with the headers of a real host.

use std::fs;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::any;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tower_http::services::ServeDir;

use crate::headers::{HEADERS, cache_control};

/// How long the head of a request may take to arrive, and how long a connection may stay open between two requests.
const PATIENCE: Duration = Duration::from_secs(10);

/// The wait after a connection that could not be taken, such as with too many files open.
const PAUSE: Duration = Duration::from_millis(50);

/// The longest address and the largest headers that are answered, in bytes: about what other servers take.
const LONGEST_ADDRESS: usize = 8 * 1024;
const LARGEST_HEADERS: usize = 16 * 1024;

/// The bytes of a request that are read before it is refused unread. Below that the answer says what is too long.
const BUFFER: usize = 1024 * 1024;

/// Takes a port of this machine, which nobody else can reach.
pub fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow!("port {port} is in use; name another one with --port"),
        _ => anyhow!("port {port} cannot be used: {error}"),
    })
}

/// Serves a folder until the program is stopped.
pub fn serve(listener: TcpListener, folder: &Path) -> Result<()> {
    run(listener, site(folder)?)
}

/// Runs a server until the program is stopped.
pub fn run(listener: TcpListener, router: Router) -> Result<()> {
    listener.set_nonblocking(true).context("the port cannot be used")?;
    println!("serving at http://{}/ (Ctrl+C stops it)", listener.local_addr()?);
    let runtime = tokio::runtime::Runtime::new().context("the server cannot be started")?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        loop {
            match listener.accept().await {
                Ok((stream, _)) => drop(tokio::spawn(answer(stream, router.clone()))),
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    })
}

/// Answers the requests of one connection. `axum::serve` would wait for ever for the rest of a request that was begun.
async fn answer(stream: TcpStream, router: Router) {
    let mut connection = http1::Builder::new();
    connection.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(BUFFER);
    // A connection that breaks off concerns nobody else.
    let _ = connection.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)).await;
}

/// The answer where there is no page.
const MISSING: (StatusCode, &str) = (StatusCode::NOT_FOUND, "There is no such page.\n");

/// The files of a folder, each response with the headers of the table.
pub fn site(folder: &Path) -> Result<Router> {
    let mut headers = HeaderMap::new();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::try_from(name)?, HeaderValue::from_static(value));
    }
    // As static hosts do. It is read anew each time, since it may have been built anew.
    let page = folder.join("404.html");
    let missing = any(move || {
        let text = fs::read(&page);
        async { text.map_or_else(|_| MISSING.into_response(), |text| (MISSING.0, Html(text)).into_response()) }
    });
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip().fallback(missing);
    Ok(Router::new().fallback_service(files).layer(from_fn_with_state(headers, complete)))
}

/// Adds the headers.
async fn complete(State(headers): State<HeaderMap>, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let mut response = match too_long(&request) {
        Some(status) => (status, "The request is too long.\n").into_response(),
        None => next.run(request).await,
    };
    // A name that no disk can hold, such as one of 300 letters, is an error to who looks for the file.
    if response.status().is_server_error() {
        response = MISSING.into_response();
    }
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let cache = cache_control(if found { uri.path() } else { "" });
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    if response.headers().contains_key(LOCATION)
        && let Some(location) = from_here(&uri)
    {
        response.headers_mut().insert(LOCATION, location);
    }
    response.headers_mut().extend(headers);
    response
}

/// The status that refuses an overlong request.
fn too_long(request: &Request) -> Option<StatusCode> {
    let headers: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    match () {
        () if request.uri().to_string().len() > LONGEST_ADDRESS => Some(StatusCode::URI_TOO_LONG),
        () if headers > LARGEST_HEADERS => Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE),
        () => None,
    }
}

/// Where a folder asked for without its last slash stands, as seen from there: behind a proxy that serves the site from a
/// folder of its own, an address from the root would lead out of it.
fn from_here(uri: &Uri) -> Option<HeaderValue> {
    let (_, folder) = uri.path().rsplit_once('/')?;
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    HeaderValue::try_from(format!("./{folder}/{query}")).ok()
}
