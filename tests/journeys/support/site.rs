//! The built site, and a server for each journey: the preview server's own code, at an address of its own, so that no
//! journey finds what another one kept. It writes down every request.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock};

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use tokio::task::JoinHandle;

use super::RUNTIME;

/// The site of the repository, built once for all journeys.
pub fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site");
        let mut build = Command::new(env!("CARGO_BIN_EXE_site"));
        build.args(["build", "--out"]).arg(&out);
        // For who tries one journey again and again: an app that is large, but ready soon.
        if std::env::var_os("SITE").is_some_and(|kind| kind == "quick") {
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
    server: JoinHandle<()>,
}

impl Site {
    /// Serves the built site.
    pub fn start() -> Self {
        Self::serve(built())
    }

    /// Serves a folder with the headers of production.
    pub fn serve(folder: &Path) -> Self {
        let asked = Arc::default();
        let router = crate::serve::site(folder).expect("the headers can be sent");
        let router = router.layer(from_fn_with_state(Arc::clone(&asked), record));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        listener.set_nonblocking(true).expect("the port can be used");
        let address = listener.local_addr().expect("the port has a number");
        let server = RUNTIME.spawn(run(listener, router));
        Self { address, asked, server }
    }

    /// The address of this path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
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

async fn run(listener: TcpListener, router: Router) {
    let listener = tokio::net::TcpListener::from_std(listener).expect("the port can be used");
    axum::serve(listener, router).await.expect("a server goes on");
}

async fn record(State(asked): State<Arc<Mutex<Vec<Asked>>>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    asked.lock().unwrap().push(Asked {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        body: bytes.len(),
    });
    next.run(Request::from_parts(parts, bytes.into())).await
}
