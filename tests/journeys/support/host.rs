//! A host whose failures a journey controls: it can be stopped, restarted, serve another folder, and answer with
//! faults, always at the same address.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use tokio::runtime::Runtime;

/// A fault in every answer to the selected requests.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// Status 404.
    Missing,
    /// The second half of the body is missing.
    CutOff,
    /// One byte of the body is changed.
    Damaged,
    /// The content type is plain text.
    AsText,
}

/// State shared by the running server and the journey.
#[derive(Clone, Default)]
struct Shared {
    requests: Arc<Mutex<Vec<String>>>,
    once: Arc<Mutex<BTreeMap<String, String>>>,
    faults: Arc<Mutex<Vec<(String, Fault)>>>,
}

/// The ports used in this run.
static USED: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// Binds a port that no journey of this run has used: a reused browser may have stored data for its origin.
pub fn bind_unused_port() -> TcpListener {
    loop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let port = listener.local_addr().expect("the port has a number").port();
        if USED.lock().expect("the lock is not poisoned").insert(port) {
            return listener;
        }
    }
}

/// A server whose availability, folder and answers can be changed while it runs.
pub struct Host {
    address: SocketAddr,
    running: Option<Runtime>,
    shared: Shared,
}

impl Host {
    /// Serves a folder with the production headers.
    pub fn start(folder: &Path) -> Self {
        let listener = bind_unused_port();
        let address = listener.local_addr().expect("the port has a number");
        let mut host = Self { address, running: None, shared: Shared::default() };
        host.run(listener, folder);
        host
    }

    /// Stops the server and closes every connection, as if the network were gone.
    pub fn stop(&mut self) {
        if let Some(runtime) = self.running.take() {
            runtime.shutdown_background();
        }
    }

    /// Serves this folder from now on, at the same address.
    pub fn serve(&mut self, folder: &Path) {
        self.stop();
        let listener = super::until("the port is free again", || TcpListener::bind(self.address).ok());
        self.run(listener, folder);
    }

    fn run(&mut self, listener: TcpListener, folder: &Path) {
        let router = between_us::server::site(folder).expect("the headers can be sent");
        let router = router.layer(from_fn_with_state(self.shared.clone(), apply_fault));
        // A runtime of its own, so that shutting it down also closes connections that are still open.
        let runtime = Runtime::new().expect("a runtime can be started");
        listener.set_nonblocking(true).expect("the port can be used");
        runtime.spawn(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("the port can be used");
            axum::serve(listener, router).await
        });
        self.running = Some(runtime);
    }

    /// Returns the URL of this path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// Returns the method and target of each request so far, such as `GET /nl/`.
    pub fn requests(&self) -> Vec<String> {
        self.shared.requests.lock().unwrap().clone()
    }

    /// Answers the next request for this path with another page.
    pub fn answer_once(&self, path: &str, html: String) {
        self.shared.once.lock().unwrap().insert(format!("/{path}"), html);
    }

    /// Adds this fault to every answer for paths with this ending.
    pub fn add_fault(&self, ending: &str, fault: Fault) {
        self.shared.faults.lock().unwrap().push((ending.to_owned(), fault));
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.shared.faults.lock().unwrap().clear();
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn apply_fault(State(shared): State<Shared>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    shared.requests.lock().unwrap().push(format!("{} {}", request.method(), request.uri()));
    if let Some(html) = shared.once.lock().unwrap().remove(&path) {
        return Html(html).into_response();
    }
    let fault =
        shared.faults.lock().unwrap().iter().find(|(ending, _)| path.ends_with(ending)).map(|(_, fault)| *fault);
    let Some(fault) = fault else { return next.run(request).await };
    request.headers_mut().remove(ACCEPT_ENCODING);
    let (mut head, body) = next.run(request).await.into_parts();
    let mut bytes = to_bytes(body, usize::MAX).await.unwrap_or_default().to_vec();
    head.headers.remove(CONTENT_LENGTH);
    match fault {
        Fault::Missing => head.status = StatusCode::NOT_FOUND,
        Fault::CutOff => bytes.truncate(bytes.len() / 2),
        Fault::Damaged => {
            if let Some(last) = bytes.last_mut() {
                *last ^= 1;
            }
        }
        Fault::AsText => {
            head.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
        }
    }
    Response::from_parts(head, Body::from(bytes))
}
