//! The development server: rebuilds the site and reloads the page when a source changes.

use std::collections::BTreeMap;
use std::env;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use axum::body::{Body, to_bytes};
use axum::extract::{Path as UrlPath, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use between_us::server;
use tokio::sync::watch::{Receiver, Sender, channel};
use walkdir::WalkDir;

use crate::build::Plan;

/// The watched paths, besides the folders of the content and of the scripts.
const SOURCES: [&str; 3] = ["Cargo.toml", "src", "style"];

/// The interval between two looks at the sources.
const POLL_INTERVAL: Duration = Duration::from_millis(300);

/// A script that waits for a newer build than the one that served it, then reloads the page.
const SCRIPT: &str = "\
async function wait() {
  try {
    await fetch('/_watch/' + BUILD).then((response) => response.ok || Promise.reject());
    location.reload();
  } catch {
    setTimeout(wait, 1000);
  }
}
wait();
";

/// Serves a quick build, and rebuilds it at every change, until the program is stopped.
pub fn watch(listener: TcpListener, plan: &Plan) -> Result<()> {
    let (built, builds) = channel(0);
    let routes =
        axum::Router::new().route("/_watch.js", get(script)).route("/_watch/{build}", get(newer)).with_state(builds);
    let router = server::site(&plan.out)?.layer(from_fn(with_script)).merge(routes);
    thread::scope(|scope| {
        scope.spawn(|| keep_building(plan, &built));
        server::run(listener, router)
    })
}

/// Builds, and rebuilds whenever a source has changed.
///
/// Each build is a `cargo run`, since this program renders the pages and may itself have changed. If nothing under
/// `src/` changed, cargo compiles nothing.
fn keep_building(plan: &Plan, built: &Sender<u64>) {
    let mut seen = None;
    loop {
        let now = Some(snapshot(plan));
        if seen != now {
            seen = now;
            match build_once(plan) {
                Ok(true) => built.send_modify(|count| *count += 1),
                Ok(false) => println!("waiting for a change …"),
                Err(error) => println!("error: {error:#}"),
            }
        }
        thread::sleep(POLL_INTERVAL);
    }
}

/// Runs one build. Returns `false` if it failed, after it has printed its error.
fn build_once(plan: &Plan) -> Result<bool> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(&cargo)
        .args(["run", "--quiet", "--bin", "site", "--", "build", "--quick", "--out"])
        .arg(std::path::absolute(&plan.out)?)
        .arg("--content")
        .arg(std::path::absolute(&plan.content)?)
        .arg("--public")
        .arg(std::path::absolute(&plan.public)?)
        .current_dir(&plan.root)
        .status()
        .with_context(|| format!("{} cannot be run", cargo.display()))?;
    Ok(status.success())
}

/// Returns the modification time of each source.
fn snapshot(plan: &Plan) -> BTreeMap<PathBuf, SystemTime> {
    SOURCES
        .iter()
        .map(|source| plan.root.join(source))
        .chain([plan.content.clone(), plan.public.clone()])
        .flat_map(|source| WalkDir::new(source).into_iter().flatten())
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| Some((entry.path().to_owned(), modified(entry.path())?)))
        .collect()
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}

async fn script(State(builds): State<Receiver<u64>>) -> impl IntoResponse {
    let build = builds.borrow().to_string();
    ([(CONTENT_TYPE, "text/javascript")], SCRIPT.replace("BUILD", &build))
}

/// Responds as soon as the current build differs from this one.
async fn newer(State(mut builds): State<Receiver<u64>>, UrlPath(build): UrlPath<u64>) {
    // An error means that the building thread has ended, and then the server ends too.
    let _ = builds.wait_for(|count| *count != build).await;
}

/// Adds the reload script to each page. It is a file of this origin, which the security policy allows.
async fn with_script(request: Request, next: Next) -> Response {
    let (mut parts, body) = next.run(request).await.into_parts();
    let is_html =
        parts.headers.get(CONTENT_TYPE).is_some_and(|media_type| media_type.as_bytes().starts_with(b"text/html"));
    if !is_html {
        return Response::from_parts(parts, body);
    }
    parts.headers.remove(CONTENT_LENGTH);
    let mut page = to_bytes(body, usize::MAX).await.map(Vec::from).unwrap_or_default();
    page.extend(b"<script type=module src=/_watch.js></script>");
    Response::from_parts(parts, Body::from(page))
}
