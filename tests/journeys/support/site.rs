//! The built site, and a server for each journey. It is the preview server's own code, at an origin of its own, so that
//! journeys share no stored data. It records every request, and can inject a script of the journey into pages.

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tokio::task::JoinHandle;
use tower_http::services::ServeDir;

use super::RUNTIME;
use super::host::bind_unused_port;

/// Returns the folder of the site, built once for all journeys.
pub fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        // `SITE=quick` builds faster, with a larger app. It helps while working on one journey.
        let is_quick = std::env::var_os("SITE").is_some_and(|kind| kind == "quick");
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(if is_quick { "site-quick" } else { "site" });
        let mut build = Command::new(env!("CARGO_BIN_EXE_site"));
        build.args(["build", "--out"]).arg(&out);
        if is_quick {
            build.arg("--quick");
        }
        let built = build.output();
        let built = built.expect("the builder starts");
        assert!(built.status.success(), "the site cannot be built: {}", String::from_utf8_lossy(&built.stderr));
        out
    })
}

/// A request as received by the server.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordedRequest {
    pub method: String,
    /// The path, with the query if there is one.
    pub target: String,
    /// The size of the body in bytes.
    pub body: usize,
}

/// A running server, stopped on drop.
pub struct Site {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<RecordedRequest>>>,
    received: Arc<Mutex<String>>,
    script: Arc<Mutex<Option<String>>>,
    has_worker: Arc<AtomicBool>,
    server: JoinHandle<()>,
}

/// The path of the injected script.
const SCRIPT_PATH: &str = "/injected-script-of-the-journey.js";

impl Site {
    /// Serves the built site.
    pub fn start() -> Self {
        Self::serve(built())
    }

    /// Serves a folder with the production headers, and without the service worker, whose progress must not affect what
    /// a page gets. Journeys that need the worker use a [`super::Host`] or [`Self::serve_worker`].
    pub fn serve(folder: &Path) -> Self {
        Self::run(between_us::server::site(folder).expect("the headers can be sent"))
    }

    /// Serves a folder without our headers, which forbid what pages of other projects need.
    #[allow(dead_code)] // Only used by the benchmark.
    pub fn serve_without_headers(folder: &Path) -> Self {
        Self::run(Router::new().fallback_service(ServeDir::new(folder).precompressed_br()))
    }

    fn run(router: Router) -> Self {
        let (requests, received, script) = (Arc::default(), Arc::default(), Arc::default());
        let has_worker = Arc::default();
        let log = (Arc::clone(&requests), Arc::clone(&received), Arc::clone(&has_worker));
        let router = router.layer(from_fn_with_state(log, record));
        let router = router.layer(from_fn_with_state(Arc::clone(&script), inject));
        let listener = bind_unused_port();
        listener.set_nonblocking(true).expect("the port can be used");
        let address = listener.local_addr().expect("the port has a number");
        let server = RUNTIME.spawn(answer(listener, router));
        Self { address, requests, received, script, has_worker, server }
    }

    /// Returns the URL of this path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// Injects this script before every other script in each page loaded from now on, in every engine. The page,
    /// including its security policy, is otherwise unchanged.
    pub fn inject_script(&self, script: &str) {
        *self.script.lock().unwrap() = Some(script.to_owned());
    }

    /// Sets the target of Exit to this reachable address: some drivers report the browser's error page as a failure.
    pub fn set_exit_target(&self, address: &str) {
        self.inject_script(&format!("document.documentElement.dataset.exit = '{address}'"));
    }

    /// Serves the service worker too, from now on.
    pub fn serve_worker(&self) {
        self.has_worker.store(true, Ordering::Relaxed);
    }

    /// Returns whether the service worker is served.
    pub fn has_worker(&self) -> bool {
        self.has_worker.load(Ordering::Relaxed)
    }

    /// Returns whether any request so far contained this text in its address, a header or its body.
    pub fn has_received(&self, text: &str) -> bool {
        self.received.lock().unwrap().contains(text)
    }

    /// Returns the requests so far.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(listener: TcpListener, router: Router) {
    let listener = tokio::net::TcpListener::from_std(listener).expect("the port can be used");
    axum::serve(listener, router).await.expect("the server runs");
}

/// The path of the service worker.
const WORKER: &str = "/sw.js";

/// The recorded requests, their full text, and whether the service worker is served.
type Log = (Arc<Mutex<Vec<RecordedRequest>>>, Arc<Mutex<String>>, Arc<AtomicBool>);

async fn record(State((requests, received, has_worker)): State<Log>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    *received.lock().unwrap() += &format!("{parts:?} {}\n", String::from_utf8_lossy(&bytes));
    requests.lock().unwrap().push(RecordedRequest {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        body: bytes.len(),
    });
    if parts.uri.path() == WORKER && !has_worker.load(Ordering::Relaxed) {
        return StatusCode::NOT_FOUND.into_response();
    }
    next.run(Request::from_parts(parts, bytes.into())).await
}

/// Adds the injected script, if any, before the first script of each page.
async fn inject(State(script): State<Arc<Mutex<Option<String>>>>, mut request: Request, next: Next) -> Response {
    let Some(script) = script.lock().unwrap().clone() else { return next.run(request).await };
    if request.uri().path() == SCRIPT_PATH {
        let headers = [(CONTENT_TYPE, "text/javascript"), (CACHE_CONTROL, "no-store")];
        return (headers, script).into_response();
    }
    let path = request.uri().path();
    if !(path.ends_with('/') || path.ends_with(".html")) {
        return next.run(request).await;
    }
    let takes_brotli = request
        .headers()
        .get(ACCEPT_ENCODING)
        .is_some_and(|kinds| kinds.to_str().is_ok_and(|kinds| kinds.split(',').any(|kind| kind.trim() == "br")));
    for name in [ACCEPT_ENCODING, IF_NONE_MATCH, IF_MODIFIED_SINCE] {
        request.headers_mut().remove(name);
    }
    let (mut parts, body) = next.run(request).await.into_parts();
    if parts.headers.get(CONTENT_TYPE).is_none_or(|kind| !kind.as_bytes().starts_with(b"text/html")) {
        return Response::from_parts(parts, body);
    }
    // The page no longer matches the file on disk, so its validators are removed.
    for name in [CONTENT_LENGTH, ETAG, LAST_MODIFIED] {
        parts.headers.remove(name);
    }
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let page = String::from_utf8_lossy(&bytes);
    let at = page.find("<script").or_else(|| page.find("<title")).unwrap_or_default();
    let (before, after) = page.split_at(at);
    let page = format!("{before}<script src=\"{SCRIPT_PATH}\"></script>{after}");
    if !takes_brotli {
        return Response::from_parts(parts, Body::from(page));
    }
    let mut small = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut small, 1 << 16, 9, 22);
    let written = writer.write_all(page.as_bytes());
    drop(writer);
    written.expect("a page can be compressed");
    parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
    Response::from_parts(parts, Body::from(small))
}
