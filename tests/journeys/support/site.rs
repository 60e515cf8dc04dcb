//! The built site, and a server for each journey: the preview server's own code, at an address of its own, so that no
//! journey finds what another one kept. It writes down every request, and can send a script of the journey's along.

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
use super::host::at_a_new_port;

/// The site of the repository, built once for all journeys.
pub fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        // For who tries one journey again and again: an app that is large, but ready soon.
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

/// A request as the server saw it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    pub method: String,
    /// The path, with the query if there is one.
    pub target: String,
    /// What came along with it, in bytes.
    pub body: usize,
}

/// A running server, stopped when it is dropped.
pub struct Site {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    told: Arc<Mutex<String>>,
    first: Arc<Mutex<Option<String>>>,
    has_worker: Arc<AtomicBool>,
    server: JoinHandle<()>,
}

/// Where pages find the journey's own script.
const FIRST: &str = "/first-script-of-the-journey.js";

impl Site {
    /// Serves the built site.
    pub fn start() -> Self {
        Self::serve(built())
    }

    /// Serves a folder with the headers of production, and without its service worker: what a page gets here must not hang
    /// on how far one has come. The journeys of a [`super::Host`] have it.
    pub fn serve(folder: &Path) -> Self {
        Self::run(crate::serve::site(folder).expect("the headers can be sent"))
    }

    /// Serves a folder as it is: for pages of others, which need what our headers forbid.
    #[allow(dead_code)] // Only the benchmark does it.
    pub fn serve_without_headers(folder: &Path) -> Self {
        Self::run(Router::new().fallback_service(ServeDir::new(folder).precompressed_br()))
    }

    fn run(router: Router) -> Self {
        let (asked, told, first) = (Arc::default(), Arc::default(), Arc::default());
        let has_worker = Arc::default();
        let book = (Arc::clone(&asked), Arc::clone(&told), Arc::clone(&has_worker));
        let router = router.layer(from_fn_with_state(book, record));
        let router = router.layer(from_fn_with_state(Arc::clone(&first), send_along));
        let listener = at_a_new_port();
        listener.set_nonblocking(true).expect("the port can be used");
        let address = listener.local_addr().expect("the port has a number");
        let server = RUNTIME.spawn(answer(listener, router));
        Self { address, asked, told, first, has_worker, server }
    }

    /// The address of this path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// Lets this script run before any other in each page that is loaded from now on, in every engine. The page is else
    /// what it is, its policy included.
    pub fn first(&self, script: &str) {
        *self.first.lock().unwrap() = Some(script.to_owned());
    }

    /// Lets Exit lead to this address, which can be reached: some drivers take the browser's own page of errors for a failure.
    pub fn exits_to(&self, address: &str) {
        self.first(&format!("document.documentElement.dataset.exit = '{address}'"));
    }

    /// Serves the service worker too, from now on.
    pub fn with_worker(&self) {
        self.has_worker.store(true, Ordering::Relaxed);
    }

    /// Whether the service worker is served.
    pub fn has_worker(&self) -> bool {
        self.has_worker.load(Ordering::Relaxed)
    }

    /// Whether any request so far carried this text: in its address, a header or a body.
    pub fn was_told(&self, text: &str) -> bool {
        self.told.lock().unwrap().contains(text)
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(listener: TcpListener, router: Router) {
    let listener = tokio::net::TcpListener::from_std(listener).expect("the port can be used");
    axum::serve(listener, router).await.expect("a server goes on");
}

/// The path of the service worker.
const WORKER: &str = "/sw.js";

/// The requests so far, all that came with them as one text, and whether there is a service worker.
type Book = (Arc<Mutex<Vec<Asked>>>, Arc<Mutex<String>>, Arc<AtomicBool>);

async fn record(State((asked, told, has_worker)): State<Book>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    *told.lock().unwrap() += &format!("{parts:?} {}\n", String::from_utf8_lossy(&bytes));
    asked.lock().unwrap().push(Asked {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        body: bytes.len(),
    });
    if parts.uri.path() == WORKER && !has_worker.load(Ordering::Relaxed) {
        return StatusCode::NOT_FOUND.into_response();
    }
    next.run(Request::from_parts(parts, bytes.into())).await
}

/// Answers as the site does, but with the journey's own script before the first one of each page, if there is one.
async fn send_along(State(first): State<Arc<Mutex<Option<String>>>>, mut request: Request, next: Next) -> Response {
    let Some(script) = first.lock().unwrap().clone() else { return next.run(request).await };
    if request.uri().path() == FIRST {
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
    // The page is no longer the file on the disk, and must not be taken for it.
    for name in [CONTENT_LENGTH, ETAG, LAST_MODIFIED] {
        parts.headers.remove(name);
    }
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let page = String::from_utf8_lossy(&bytes);
    let at = page.find("<script").or_else(|| page.find("<title")).unwrap_or_default();
    let (before, after) = page.split_at(at);
    let page = format!("{before}<script src=\"{FIRST}\"></script>{after}");
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
