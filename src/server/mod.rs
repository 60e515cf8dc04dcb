//! The preview server, which sends the built files with the headers of a production host.

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

pub mod headers;

use self::headers::{HEADERS, cache_control};

/// The time limit for receiving the head of a request, and for an idle connection between two requests.
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);

/// The wait after a failed `accept`, for example because too many files are open.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

/// The longest accepted request target, in bytes. Other servers have similar limits.
const MAX_TARGET_BYTES: usize = 8 * 1024;

/// The largest accepted sum of header names and values, in bytes.
const MAX_HEADER_BYTES: usize = 16 * 1024;

/// The size of the read buffer in bytes. hyper rejects a larger head itself; a smaller one gets the status for what is
/// too long.
const MAX_BUFFER_BYTES: usize = 1024 * 1024;

/// Binds a port on the loopback interface, which other machines cannot reach.
///
/// # Errors
///
/// Fails when the port is in use or not permitted.
pub fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow!("port {port} is in use; name another one with --port"),
        _ => anyhow!("port {port} cannot be used: {error}"),
    })
}

/// Serves the files of a folder until the program is stopped.
pub fn serve(listener: TcpListener, folder: &Path) -> Result<()> {
    run(listener, site(folder)?)
}

/// Serves the router until the program is stopped.
pub fn run(listener: TcpListener, router: Router) -> Result<()> {
    listener.set_nonblocking(true).context("the port cannot be used")?;
    println!("serving at http://{}/ (Ctrl+C stops it)", listener.local_addr()?);
    let runtime = tokio::runtime::Runtime::new().context("the server cannot be started")?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        loop {
            match listener.accept().await {
                Ok((stream, _)) => drop(tokio::spawn(serve_connection(stream, router.clone()))),
                Err(_) => tokio::time::sleep(ACCEPT_RETRY_DELAY).await,
            }
        }
    })
}

/// Serves the requests of one connection. `axum::serve` has no timeout for an incomplete request.
async fn serve_connection(stream: TcpStream, router: Router) {
    let mut connection = http1::Builder::new();
    connection.timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT).max_buf_size(MAX_BUFFER_BYTES);
    // A broken connection needs no handling: it affects no other.
    let _ = connection.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)).await;
}

/// The response if the folder has no `404.html`.
const NOT_FOUND: (StatusCode, &str) = (StatusCode::NOT_FOUND, "There is no such page.\n");

/// Returns a router that serves the files of a folder with the production headers.
///
/// # Errors
///
/// Fails when a name in [`HEADERS`] is not a valid header name.
pub fn site(folder: &Path) -> Result<Router> {
    let mut headers = HeaderMap::new();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::try_from(name)?, HeaderValue::from_static(value));
    }
    // As static hosts do. The file is read for each request, since a build may have replaced it.
    let page = folder.join("404.html");
    let not_found = any(move || {
        let text = fs::read(&page);
        async { text.map_or_else(|_| NOT_FOUND.into_response(), |text| (NOT_FOUND.0, Html(text)).into_response()) }
    });
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip().fallback(not_found);
    Ok(Router::new().fallback_service(files).layer(from_fn_with_state(headers, add_headers)))
}

/// Rejects overlong requests, and adds the headers to each response.
async fn add_headers(State(headers): State<HeaderMap>, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let mut response = match overlong_status(&request) {
        Some(status) => (status, "The request is too long.\n").into_response(),
        None => next.run(request).await,
    };
    // `ServeDir` responds with status 500 to a name that the file system rejects, such as one of 300 letters.
    if response.status().is_server_error() {
        response = NOT_FOUND.into_response();
    }
    let is_found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let cache = cache_control(if is_found { uri.path() } else { "" });
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    if response.headers().contains_key(LOCATION)
        && let Some(location) = relative_location(&uri)
    {
        response.headers_mut().insert(LOCATION, location);
    }
    response.headers_mut().extend(headers);
    response
}

/// Returns the error status for a request whose target or headers are too long.
fn overlong_status(request: &Request) -> Option<StatusCode> {
    let headers: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    match () {
        () if request.uri().to_string().len() > MAX_TARGET_BYTES => Some(StatusCode::URI_TOO_LONG),
        () if headers > MAX_HEADER_BYTES => Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE),
        () => None,
    }
}

/// Returns the redirect target, relative to the requested address, for a folder requested without its trailing slash.
/// Behind a proxy that serves the site in a subfolder, a root-relative address would lead out of the site.
fn relative_location(uri: &Uri) -> Option<HeaderValue> {
    let (_, folder) = uri.path().rsplit_once('/')?;
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    HeaderValue::try_from(format!("./{folder}/{query}")).ok()
}
