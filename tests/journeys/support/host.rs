//! A host that a journey can trouble: it can be stopped and started again, be given another folder, and answer wrongly,
//! always at the same address.

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

/// What is wrong with every answer to some requests.
#[derive(Clone, Copy, Debug)]
pub enum Trouble {
    /// There is no such file.
    Missing,
    /// The second half is missing.
    CutOff,
    /// One byte is another one.
    Damaged,
    /// It says that it is plain text.
    AsText,
}

/// What the running server and the journey share.
#[derive(Clone, Default)]
struct Shared {
    asked: Arc<Mutex<Vec<String>>>,
    once: Arc<Mutex<BTreeMap<String, String>>>,
    troubles: Arc<Mutex<Vec<(String, Trouble)>>>,
}

/// The ports that this run has used.
static USED: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// Listens where no journey of this run did: a browser that has been there before may have kept something.
pub fn at_a_new_port() -> TcpListener {
    loop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let port = listener.local_addr().expect("the port has a number").port();
        if USED.lock().expect("no journey broke off here").insert(port) {
            return listener;
        }
    }
}

/// The host.
pub struct Host {
    address: SocketAddr,
    running: Option<Runtime>,
    shared: Shared,
}

impl Host {
    /// Serves a folder with the headers of production.
    pub fn start(folder: &Path) -> Self {
        let listener = at_a_new_port();
        let address = listener.local_addr().expect("the port has a number");
        let mut host = Self { address, running: None, shared: Shared::default() };
        host.run(listener, folder);
        host
    }

    /// Ends it and every connection to it: the network is gone.
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
        let router = crate::serve::site(folder).expect("the headers can be sent");
        let router = router.layer(from_fn_with_state(self.shared.clone(), disturb));
        // A runtime of its own: with it, connections end that the server left open.
        let runtime = Runtime::new().expect("a runtime can be started");
        listener.set_nonblocking(true).expect("the port can be used");
        runtime.spawn(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("the port can be used");
            axum::serve(listener, router).await
        });
        self.running = Some(runtime);
    }

    /// The address of this path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// The method and target of each request so far, such as `GET /nl/`.
    pub fn asked(&self) -> Vec<String> {
        self.shared.asked.lock().unwrap().clone()
    }

    /// Answers the next request for this path with another page.
    pub fn once(&self, path: &str, html: String) {
        self.shared.once.lock().unwrap().insert(format!("/{path}"), html);
    }

    /// Answers requests for paths that end so wrongly.
    pub fn trouble(&self, ending: &str, trouble: Trouble) {
        self.shared.troubles.lock().unwrap().push((ending.to_owned(), trouble));
    }

    /// Answers rightly again.
    pub fn untroubled(&self) {
        self.shared.troubles.lock().unwrap().clear();
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn disturb(State(shared): State<Shared>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    shared.asked.lock().unwrap().push(format!("{} {}", request.method(), request.uri()));
    if let Some(html) = shared.once.lock().unwrap().remove(&path) {
        return Html(html).into_response();
    }
    let trouble =
        shared.troubles.lock().unwrap().iter().find(|(ending, _)| path.ends_with(ending)).map(|(_, trouble)| *trouble);
    let Some(trouble) = trouble else { return next.run(request).await };
    request.headers_mut().remove(ACCEPT_ENCODING);
    let (mut head, body) = next.run(request).await.into_parts();
    let mut bytes = to_bytes(body, usize::MAX).await.unwrap_or_default().to_vec();
    head.headers.remove(CONTENT_LENGTH);
    match trouble {
        Trouble::Missing => head.status = StatusCode::NOT_FOUND,
        Trouble::CutOff => bytes.truncate(bytes.len() / 2),
        Trouble::Damaged => {
            if let Some(last) = bytes.last_mut() {
                *last ^= 1;
            }
        }
        Trouble::AsText => {
            head.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
        }
    }
    Response::from_parts(head, Body::from(bytes))
}
