//! The preview server: the built files, with the headers of a real host.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::any;
use tower_http::services::ServeDir;

use crate::headers::{HEADERS, cache_control};

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
    runtime.block_on(async { axum::serve(tokio::net::TcpListener::from_std(listener)?, router).await })?;
    Ok(())
}

/// The files of a folder, each response with the headers of the table.
pub fn site(folder: &Path) -> Result<Router> {
    let mut headers = HeaderMap::new();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::try_from(name)?, HeaderValue::from_static(value));
    }
    let missing = any(|| async { (StatusCode::NOT_FOUND, "There is no such page.\n") });
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip().fallback(missing);
    Ok(Router::new().fallback_service(files).layer(from_fn_with_state(headers, complete)))
}

/// Adds the headers.
async fn complete(State(headers): State<HeaderMap>, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let mut response = next.run(request).await;
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

/// Where a folder asked for without its last slash stands, as seen from there: behind a proxy that serves the site from a
/// folder of its own, an address from the root would lead out of it.
fn from_here(uri: &Uri) -> Option<HeaderValue> {
    let (_, folder) = uri.path().rsplit_once('/')?;
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    HeaderValue::try_from(format!("./{folder}/{query}")).ok()
}
