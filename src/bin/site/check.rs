//! Checks a deployed copy of the site over HTTP: its files and their bytes, response headers and caching.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use between_us::content::read_source;
use brotli::Decompressor;
use flate2::read::GzDecoder;
use ureq::Agent;
use ureq::http::HeaderMap;
use ureq::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE};

use crate::output::{WORKER, digest, file_list};
use between_us::server::headers::{HEADERS, HSTS};

/// The time limit for one response. An untrusted host may send one byte a minute.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(30);

/// The time limit for the whole check.
const TOTAL_TIMEOUT: Duration = Duration::from_secs(10 * 60);

/// The largest accepted file in bytes, compressed and decompressed: a small response may decompress to any size. The
/// largest file of a build has 250 KB; that of a quick build, 10 MB.
const MAX_FILE_BYTES: u64 = 32 * 1024 * 1024;

/// The size in bytes from which a file must be sent compressed.
const COMPRESSION_THRESHOLD: usize = 1500;

/// The response of a host.
struct Response {
    status: u16,
    headers: HeaderMap,
    /// The decompressed body.
    bytes: Vec<u8>,
}

impl Response {
    /// Returns the value of a header, or an empty string.
    fn header(&self, name: impl AsRef<str>) -> &str {
        self.headers.get(name.as_ref()).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// A deployed copy of the site, and the problems found so far.
struct Deployment {
    agent: Agent,
    /// The URL of its folder, with a trailing slash.
    base: String,
    /// The time at which the check gives up.
    deadline: Instant,
    /// Each problem, with the paths that have it.
    problems: BTreeMap<String, Vec<String>>,
}

/// Checks the copy at this URL for consistency, compares it with the build in `local`, if there is one, and prints the
/// results.
///
/// # Errors
///
/// Fails when the copy cannot be reached, is not a copy of this site, or has any problem.
pub fn check(url: &str, local: &Path) -> Result<()> {
    let base = base(url)?;
    let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).max_redirects_will_error(false);
    let agent = Agent::new_with_config(config.build());
    let deadline = Instant::now() + TOTAL_TIMEOUT;
    let mut copy = Deployment { agent, base, deadline, problems: BTreeMap::new() };
    println!("checking {} …", copy.base);

    let worker = copy.get(WORKER)?;
    ensure!(worker.status == 200, "{}sw.js has status {}; is a copy of this site there?", copy.base, worker.status);
    let files = file_list(&worker.bytes).with_context(|| format!("{}sw.js is not a file of this site", copy.base))?;
    copy.check_headers(WORKER, &worker);
    copy.check_caching(WORKER, &worker);
    for (path, hash) in &files {
        copy.check_file(path, hash)?;
    }
    let missing = copy.get("no-such-page")?;
    copy.check_headers("no-such-page", &missing);
    copy.expect(missing.status == 404, "the status of an address without a page is not 404", "no-such-page");
    copy.check_tls();

    println!("{} files checked", files.len() + 1);
    if let Some(root) = copy.foreign_root() {
        println!(
            "warning: another site answers at {root}; its scripts can read what parents store here (docs/hosting.md)"
        );
    }
    match read_source(&local.join(WORKER)) {
        Ok(own) if own == worker.bytes => println!("it is identical to the build in {}", local.display()),
        Ok(_) => println!("it differs from the build in {}", local.display()),
        Err(_) => println!("there is no build in {} to compare it with", local.display()),
    }
    copy.report()
}

/// Returns the URL of the copy's folder, with a trailing slash.
fn base(url: &str) -> Result<String> {
    let is_http = url.starts_with("https://") || url.starts_with("http://");
    ensure!(is_http, "{url} is not a web address; give one that begins with https://");
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let url = url.strip_suffix("index.html").unwrap_or(url);
    Ok(format!("{}/", url.trim_end_matches('/')))
}

/// Decompresses a file, up to [`MAX_FILE_BYTES`].
fn decompress(compressed: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    compressed.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    ensure!(bytes.len() as u64 <= MAX_FILE_BYTES, "it is larger than {MAX_FILE_BYTES} bytes");
    Ok(bytes)
}

impl Deployment {
    fn get(&self, path: &str) -> Result<Response> {
        self.fetch(&format!("{}{}", self.base, path.trim_start_matches("./")))
    }

    fn fetch(&self, url: &str) -> Result<Response> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        ensure!(!left.is_zero(), "{} takes too long; the host is overloaded or delays its responses", self.base);
        let request = self.agent.get(url).header("Accept-Encoding", "br, gzip");
        let request = request.config().timeout_global(Some(RESPONSE_TIMEOUT.min(left))).build();
        let mut response = request.call().with_context(|| format!("{url} cannot be reached"))?;
        let body = response.body_mut().with_config().limit(MAX_FILE_BYTES).read_to_vec();
        let body = body.with_context(|| format!("{url} is incomplete or too large"))?;
        let encoding = response.headers().get(CONTENT_ENCODING).and_then(|value| value.to_str().ok());
        let bytes = match encoding {
            Some("br") => decompress(Decompressor::new(&*body, 4096)),
            Some("gzip") => decompress(GzDecoder::new(&*body)),
            None | Some("identity") => Ok(body),
            Some(_) => bail!("{url} has a Content-Encoding that was not requested"),
        };
        let bytes = bytes.with_context(|| format!("{url} cannot be decompressed"))?;
        Ok(Response { status: response.status().as_u16(), headers: response.headers().clone(), bytes })
    }

    /// Returns the root URL of the origin, if the copy is in a subfolder and another site answers at the root: all
    /// pages of an origin share its storage.
    fn foreign_root(&self) -> Option<String> {
        let (scheme, rest) = self.base.split_once("://")?;
        let (host, folder) = rest.split_once('/')?;
        let root = format!("{scheme}://{host}/");
        if folder.is_empty() {
            return None;
        }
        // A redirect, or a request for a password, comes from a site too.
        let exists = self.fetch(&root).is_ok_and(|response| ![404, 410].contains(&response.status));
        let is_copy = || {
            self.fetch(&format!("{root}{WORKER}"))
                .is_ok_and(|worker| worker.status == 200 && file_list(&worker.bytes).is_ok())
        };
        (exists && !is_copy()).then_some(root)
    }

    /// Records a problem of a path, unless `is_ok`.
    fn expect(&mut self, is_ok: bool, problem: &str, path: &str) {
        if !is_ok {
            self.problems.entry(problem.to_owned()).or_default().push(path.to_owned());
        }
    }

    fn check_file(&mut self, path: &str, hash: &str) -> Result<()> {
        let response = self.get(path)?;
        self.expect(response.status == 200, "a file is missing", path);
        if response.status != 200 {
            return Ok(());
        }
        let is_unchanged = digest(&response.bytes).starts_with(hash);
        self.expect(
            is_unchanged,
            "a file differs from the build: the upload is incomplete, or the host changes files",
            path,
        );
        let expected: &[&str] = match path.rsplit_once('.').map(|(_, extension)| extension) {
            Some("css") => &["text/css"],
            Some("js") => &["text/javascript", "application/javascript"],
            Some("svg") => &["image/svg+xml"],
            Some("wasm") => &["application/wasm"],
            Some("webmanifest") => &["application/manifest+json"],
            _ if path.ends_with('/') => &["text/html"],
            _ => &[],
        };
        let media_type = response.header(CONTENT_TYPE).split(';').next().unwrap_or_default();
        let is_expected = expected.is_empty() || expected.contains(&media_type);
        self.expect(is_expected, "a file has the wrong Content-Type", path);
        let is_compressed =
            response.headers.contains_key(CONTENT_ENCODING) || response.bytes.len() < COMPRESSION_THRESHOLD;
        self.expect(is_compressed, "a file is not compressed, and is slow on a bad connection", path);
        self.check_headers(path, &response);
        self.check_caching(path, &response);
        Ok(())
    }

    fn check_headers(&mut self, path: &str, response: &Response) {
        for (name, value) in HEADERS {
            match response.header(name) {
                "" => self.expect(false, &format!("the header {name} is missing"), path),
                found => self.expect(found == value, &format!("the header {name} has the wrong value"), path),
            }
        }
        if self.base.starts_with("https:") {
            let (name, _) = HSTS;
            self.expect(!response.header(name).is_empty(), &format!("the header {name} is missing"), path);
        }
    }

    fn check_caching(&mut self, path: &str, response: &Response) {
        let cache_control = response.header(CACHE_CONTROL);
        if path.starts_with("assets/") {
            let is_immutable = cache_control.contains("immutable");
            self.expect(is_immutable, "a file with a hash in its name is not served as immutable", path);
        } else {
            let is_revalidated = cache_control.contains("no-cache") || cache_control.contains("max-age=0");
            self.expect(is_revalidated, "a file is not revalidated at each visit, so that updates arrive late", path);
        }
    }

    /// Checks that the copy is served over TLS. Browsers run service workers, and share, only in a secure context.
    fn check_tls(&mut self) {
        let host = self.base.trim_start_matches("http://");
        let is_secure =
            self.base.starts_with("https:") || host.starts_with("127.0.0.1") || host.starts_with("localhost");
        self.expect(is_secure, "the site is served without TLS, so that it does not work offline", "./");
    }

    /// Prints the problems.
    ///
    /// # Errors
    ///
    /// Fails when there is a problem.
    fn report(self) -> Result<()> {
        for (problem, paths) in &self.problems {
            let more = if paths.len() > 1 { format!(" and {} more", paths.len() - 1) } else { String::new() };
            println!("wrong: {problem} ({}{more})", paths[0]);
        }
        match self.problems.len() {
            0 => println!("all of it is right"),
            1 => bail!("one thing is wrong with {}", self.base),
            many => bail!("{many} things are wrong with {}", self.base),
        }
        Ok(())
    }
}
