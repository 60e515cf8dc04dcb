//! For developers: builds again and reloads the page when a source changes.

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
use tokio::sync::watch::{Receiver, Sender, channel};
use walkdir::WalkDir;

use crate::build::Plan;
use crate::serve;

/// What is watched, besides the words and the scripts.
const SOURCES: [&str; 3] = ["Cargo.toml", "src", "style"];

const PAUSE: Duration = Duration::from_millis(300);

/// Waits until there is a newer build than the one it came with, then loads the page again.
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

/// Serves a quick build, and makes it anew at every change.
pub fn watch(listener: TcpListener, plan: &Plan) -> Result<()> {
    let (built, builds) = channel(0);
    let routes =
        axum::Router::new().route("/_watch.js", get(script)).route("/_watch/{build}", get(newer)).with_state(builds);
    let router = serve::site(&plan.out)?.layer(from_fn(with_script)).merge(routes);
    thread::scope(|scope| {
        scope.spawn(|| keep_building(plan, &built));
        serve::run(listener, router)
    })
}

/// Builds, and builds again whenever something has changed.
///
/// Each build is a run of cargo: pages are drawn by this very program, which may itself have changed. Where nothing
/// under `src/` did, cargo compiles nothing.
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
        thread::sleep(PAUSE);
    }
}

/// Runs one build; false when it failed and has said why.
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

/// When each source was last changed.
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

/// Answers as soon as there is another build than this one.
async fn newer(State(mut builds): State<Receiver<u64>>, UrlPath(build): UrlPath<u64>) {
    // An error means that nobody builds any more, and with that the server ends as well.
    let _ = builds.wait_for(|count| *count != build).await;
}

/// Adds the script to each page. It comes from this server as a file, hence the security policy lets it run.
async fn with_script(request: Request, next: Next) -> Response {
    let (mut parts, body) = next.run(request).await.into_parts();
    let html =
        parts.headers.get(CONTENT_TYPE).is_some_and(|media_type| media_type.as_bytes().starts_with(b"text/html"));
    if !html {
        return Response::from_parts(parts, body);
    }
    parts.headers.remove(CONTENT_LENGTH);
    let mut page = to_bytes(body, usize::MAX).await.map(Vec::from).unwrap_or_default();
    page.extend(b"<script type=module src=/_watch.js></script>");
    Response::from_parts(parts, Body::from(page))
}
