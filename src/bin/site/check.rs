//! Looks at a live copy as a browser would: its headers, its files and their bytes, and how long they may be kept.

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

use crate::headers::{HEADERS, TRANSPORT};
use crate::output::{WORKER, digest, listed};

/// The time limits for one answer, and for all of them: a host that nobody knows may send a byte a minute.
const PATIENCE: Duration = Duration::from_secs(30);
const PATIENCE_IN_ALL: Duration = Duration::from_secs(10 * 60);

/// The largest file that is taken, in bytes, as it comes and unpacked: a small one may unpack to any size. The largest of a
/// build has a quarter of a megabyte; of a quick one, some ten.
const LARGEST: u64 = 32 * 1024 * 1024;

/// From how many bytes on it matters that a file comes compressed.
const WORTH_COMPRESSING: usize = 1500;

/// What a host answered.
struct Answer {
    status: u16,
    headers: HeaderMap,
    /// The bytes of the file, whatever way they came.
    bytes: Vec<u8>,
}

impl Answer {
    fn header(&self, name: impl AsRef<str>) -> &str {
        self.headers.get(name.as_ref()).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// A live copy, and what was found wrong with it.
struct Copy {
    agent: Agent,
    base: String,
    /// When looking at it ends in any case.
    deadline: Instant,
    /// What is wrong, and at which paths.
    wrong: BTreeMap<String, Vec<String>>,
}

/// Checks the copy at this address against itself and against the build in `local`, if there is one.
///
/// # Errors
///
/// If it cannot be reached, is no copy of this site, or anything about it is wrong, which has then been said.
pub fn check(url: &str, local: &Path) -> Result<()> {
    let base = base(url)?;
    let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).max_redirects_will_error(false);
    let agent = Agent::new_with_config(config.build());
    let mut copy = Copy { agent, base, deadline: Instant::now() + PATIENCE_IN_ALL, wrong: BTreeMap::new() };
    println!("looking at {} …", copy.base);

    let worker = copy.get(WORKER)?;
    ensure!(worker.status == 200, "{}sw.js answers {}; is a copy of this site there?", copy.base, worker.status);
    let files = listed(&worker.bytes).with_context(|| format!("{}sw.js is no file of this site", copy.base))?;
    copy.check_headers(WORKER, &worker);
    copy.check_caching(WORKER, &worker);
    for (path, hash) in &files {
        copy.check_file(path, hash)?;
    }
    let missing = copy.get("no-such-page")?;
    copy.check_headers("no-such-page", &missing);
    copy.expect(missing.status == 404, "an address without a page does not answer 404", "no-such-page");
    copy.check_transport();

    println!("{} files looked at", files.len() + 1);
    if let Some(root) = copy.neighbour() {
        println!(
            "careful: something else answers at {root}, and its scripts can read what parents keep (docs/hosting.md)"
        );
    }
    match read_source(&local.join(WORKER)) {
        Ok(own) if own == worker.bytes => println!("it is the very build in {}", local.display()),
        Ok(_) => println!("it is another build than the one in {}", local.display()),
        Err(_) => println!("there is no build in {} to compare it with", local.display()),
    }
    copy.report()
}

/// The address of the copy's folder.
fn base(url: &str) -> Result<String> {
    let is_address = url.starts_with("https://") || url.starts_with("http://");
    ensure!(is_address, "{url} is no address; it begins with https://");
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let url = url.strip_suffix("index.html").unwrap_or(url);
    Ok(format!("{}/", url.trim_end_matches('/')))
}

/// Unpacks as much as a file of this site can hold.
fn unpack(packed: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    packed.take(LARGEST + 1).read_to_end(&mut bytes)?;
    ensure!(bytes.len() as u64 <= LARGEST, "it would be larger than {LARGEST} bytes");
    Ok(bytes)
}

impl Copy {
    fn get(&self, path: &str) -> Result<Answer> {
        self.ask(&format!("{}{}", self.base, path.trim_start_matches("./")))
    }

    fn ask(&self, address: &str) -> Result<Answer> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        ensure!(!left.is_zero(), "{} takes too long; is it busy, or does somebody hold it up?", self.base);
        let request = self.agent.get(address).header("Accept-Encoding", "br, gzip");
        let request = request.config().timeout_global(Some(PATIENCE.min(left))).build();
        let mut response = request.call().with_context(|| format!("{address} cannot be reached"))?;
        let came = response.body_mut().with_config().limit(LARGEST).read_to_vec();
        let came = came.with_context(|| format!("{address} breaks off, or is too large"))?;
        let encoding = response.headers().get(CONTENT_ENCODING).and_then(|value| value.to_str().ok());
        let bytes = match encoding {
            Some("br") => unpack(Decompressor::new(&*came, 4096)),
            Some("gzip") => unpack(GzDecoder::new(&*came)),
            None | Some("identity") => Ok(came),
            Some(_) => bail!("{address} comes packed in a way that nobody asked for"),
        };
        let bytes = bytes.with_context(|| format!("{address} cannot be unpacked"))?;
        Ok(Answer { status: response.status().as_u16(), headers: response.headers().clone(), bytes })
    }

    /// What answers at the root of the address, if the copy stands in a folder of it and that is no copy of this site: all
    /// pages of one address share what a browser keeps.
    fn neighbour(&self) -> Option<String> {
        let (scheme, rest) = self.base.split_once("://")?;
        let (host, folder) = rest.split_once('/')?;
        let root = format!("{scheme}://{host}/");
        if folder.is_empty() {
            return None;
        }
        // Also one that leads on, or asks for a password, is there.
        let is_there = self.ask(&root).is_ok_and(|answer| ![404, 410].contains(&answer.status));
        let is_ours = || {
            self.ask(&format!("{root}{WORKER}"))
                .is_ok_and(|worker| worker.status == 200 && listed(&worker.bytes).is_ok())
        };
        (is_there && !is_ours()).then_some(root)
    }

    /// Notes what is wrong, unless it is right.
    fn expect(&mut self, is_right: bool, wrong: &str, path: &str) {
        if !is_right {
            self.wrong.entry(wrong.to_owned()).or_default().push(path.to_owned());
        }
    }

    fn check_file(&mut self, path: &str, hash: &str) -> Result<()> {
        let answer = self.get(path)?;
        self.expect(answer.status == 200, "a file is not there", path);
        if answer.status != 200 {
            return Ok(());
        }
        let is_whole = digest(&answer.bytes).starts_with(hash);
        self.expect(
            is_whole,
            "a file has other bytes than were built: the copy is half in place, or its host changes files",
            path,
        );
        let wanted: &[&str] = match path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("css") => &["text/css"],
            Some("js") => &["text/javascript", "application/javascript"],
            Some("svg") => &["image/svg+xml"],
            Some("wasm") => &["application/wasm"],
            Some("webmanifest") => &["application/manifest+json"],
            _ if path.ends_with('/') => &["text/html"],
            _ => &[],
        };
        let kind = answer.header(CONTENT_TYPE).split(';').next().unwrap_or_default();
        self.expect(wanted.is_empty() || wanted.contains(&kind), "a file comes with the wrong Content-Type", path);
        let is_packed = answer.headers.contains_key(CONTENT_ENCODING) || answer.bytes.len() < WORTH_COMPRESSING;
        self.expect(is_packed, "a file comes neither as brotli nor as gzip, and is slow on a bad line", path);
        self.check_headers(path, &answer);
        self.check_caching(path, &answer);
        Ok(())
    }

    fn check_headers(&mut self, path: &str, answer: &Answer) {
        for (name, value) in HEADERS {
            match answer.header(name) {
                "" => self.expect(false, &format!("the header {name} is missing"), path),
                found => self.expect(found == value, &format!("the header {name} is not as it should be"), path),
            }
        }
        if self.base.starts_with("https:") {
            let (name, _) = TRANSPORT;
            self.expect(!answer.header(name).is_empty(), &format!("the header {name} is missing"), path);
        }
    }

    fn check_caching(&mut self, path: &str, answer: &Answer) {
        let cache = answer.header(CACHE_CONTROL);
        if path.starts_with("assets/") {
            self.expect(
                cache.contains("immutable"),
                "a file whose name changes with its bytes is asked for again",
                path,
            );
        } else {
            let asks = cache.contains("no-cache") || cache.contains("max-age=0");
            self.expect(asks, "a page or list is not asked for again at each visit, so that updates come late", path);
        }
    }

    /// Browsers run a service worker, and share, only where nobody on the way can change a file.
    fn check_transport(&mut self) {
        let host = self.base.trim_start_matches("http://");
        let is_safe = self.base.starts_with("https:") || host.starts_with("127.0.0.1") || host.starts_with("localhost");
        self.expect(is_safe, "it is served without TLS, so that it cannot be kept for being offline", "./");
    }

    fn report(self) -> Result<()> {
        for (wrong, paths) in &self.wrong {
            let more = if paths.len() > 1 { format!(" and {} more", paths.len() - 1) } else { String::new() };
            println!("wrong: {wrong} ({}{more})", paths[0]);
        }
        match self.wrong.len() {
            0 => println!("all of it is right"),
            1 => bail!("one thing is wrong with {}", self.base),
            many => bail!("{many} things are wrong with {}", self.base),
        }
        Ok(())
    }
}
