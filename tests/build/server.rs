//! Tests of the preview server and of the command line.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Stdio};
use std::time::Duration;

use between_us::content::POLICY;
use ureq::http::Response;
use ureq::{Agent, Body};

use crate::{built, files, folder, locales, site, stderr};

/// The headers of every response. They are repeated here, so that a change of the builder's table must be deliberate.
pub const HEADERS: [(&str, &str); 6] = [
    ("Content-Security-Policy", POLICY),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("Permissions-Policy", "clipboard-write=(self)"),
];

/// A running server, stopped when the test ends.
struct Server {
    child: Child,
    address: String,
    _folder: tempfile::TempDir,
    _output: BufReader<ChildStdout>,
}

impl Server {
    fn start() -> Self {
        let folder = folder();
        let mut child = site()
            .args(["serve", "--port", "0", "--out"])
            .arg(folder.path().join("site"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        let address = loop {
            line.clear();
            assert!(output.read_line(&mut line).unwrap() > 0, "the server ended");
            if let Some(at) = line.find("http://") {
                break line[at..].split_whitespace().next().unwrap().to_owned();
            }
        };
        Self { child, address, _folder: folder, _output: output }
    }

    /// Opens a connection and sends these bytes.
    fn send(&self, bytes: &[u8]) -> TcpStream {
        let address = self.address.trim_start_matches("http://").trim_end_matches('/');
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        // The server may close the connection before everything is sent.
        let _ = stream.write_all(bytes);
        stream
    }

    /// Sends these bytes and returns the status line of the response.
    fn status_line(&self, bytes: &[u8]) -> String {
        let mut line = String::new();
        let _ = BufReader::new(self.send(bytes)).read_line(&mut line);
        line
    }

    fn get(&self, path: &str, encoding: &str) -> Response<Body> {
        let config =
            Agent::config_builder().http_status_as_error(false).max_redirects(0).max_redirects_will_error(false);
        let request = Agent::new_with_config(config.build()).get(format!("{}{path}", self.address));
        request.header("Accept-Encoding", encoding).call().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[test]
fn responses_have_production_status_headers_and_encodings() {
    let first = &locales()[0];
    let wasm = files(built()).into_iter().find(|path| path.ends_with(".wasm")).unwrap();
    let server = Server::start();

    let page = format!("{first}/reflect/");
    let manifest = format!("{first}/manifest.webmanifest");
    for (path, status) in [("", 200), (&*page, 200), (&*wasm, 200), (&*manifest, 200), (first, 307), ("none", 404)] {
        let response = server.get(path, "br");
        assert_eq!(response.status(), status, "{path}");
        for (name, value) in HEADERS {
            assert!(header(&response, name).contains(value), "{path:?} lacks {name}");
        }
        assert_eq!(header(&response, "Strict-Transport-Security"), "", "{path:?} has HSTS over plain HTTP");
        let cache = header(&response, "Cache-Control");
        assert_eq!(cache.contains("immutable"), path.starts_with("assets/"), "{path:?}: {cache}");
    }

    assert!(header(&server.get(&page, "br"), "Content-Type").starts_with("text/html"));
    assert_eq!(header(&server.get(&wasm, "br"), "Content-Type"), "application/wasm");
    assert_eq!(header(&server.get(&manifest, "br"), "Content-Type"), "application/manifest+json");

    assert_eq!(header(&server.get(&page, "gzip, br"), "Content-Encoding"), "br");
    assert_eq!(header(&server.get(&page, "gzip"), "Content-Encoding"), "gzip");
    assert_eq!(header(&server.get(&page, "identity"), "Content-Encoding"), "");

    // A root-relative address would lead out of a site that a proxy serves in a subfolder.
    assert_eq!(header(&server.get(first, "br"), "Location"), format!("./{first}/"));
    assert_eq!(header(&server.get(&format!("{first}/help?a=b"), "br"), "Location"), "./help/?a=b");
    assert!(!header(&server.get(&page, "br"), "ETag").is_empty(), "pages have no ETag to revalidate");
}

#[test]
fn overlong_requests_get_the_status_for_what_is_too_long() {
    let server = Server::start();
    for length in [9_000, 20_000, 70_000, 500_000] {
        let path = "a".repeat(length);
        for target in [format!("/{path}"), format!("/nl/?{path}"), format!("/{}", "nl/".repeat(length / 3))] {
            let line = server.status_line(format!("GET {target} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes());
            assert!(line.contains(" 414 "), "{length}: {line}");
        }
        let line = server
            .status_line(format!("GET / HTTP/1.1\r\nHost: x\r\nX-Long: {}\r\n\r\n", "a".repeat(length * 2)).as_bytes());
        assert!(line.contains(" 431 "), "{length}: {line}");
    }
    let many = "X-Many: a\r\n".repeat(200);
    let line = server.status_line(format!("GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n").as_bytes());
    assert!(line.contains(" 431 "), "{line}");
    // Addresses within the limit, then names that a file system rejects.
    for path in [format!("/nl/?{}", "a".repeat(2000)), "/nl/".to_owned()] {
        let line = server.status_line(format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes());
        assert!(line.contains(" 200 "), "{line}");
    }
    for path in [format!("/{}", "a".repeat(300)), "/%00".to_owned(), "/nl/%2e%2e/%2e%2e/".to_owned(), "/%ff".to_owned()]
    {
        let line = server.status_line(format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes());
        assert!(line.contains(" 404 ") || line.contains(" 400 "), "{path}: {line}");
    }
}

#[test]
fn idle_and_incomplete_connections_are_closed() {
    let server = Server::start();
    let requests: [&[u8]; 4] =
        [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET /nl/ HTTP/1.1\r\nHost: x\r\n\r\n"];
    let open: Vec<_> = requests.into_iter().map(|bytes| server.send(bytes)).collect();
    // A client that sends one header at a time until the server closes the connection.
    let mut slow = server.send(b"GET / HTTP/1.1\r\n");
    let drip = std::thread::spawn(move || {
        while slow.write_all(b"X-Slow: a\r\n").is_ok() {
            std::thread::sleep(Duration::from_millis(200));
        }
    });
    for mut stream in open {
        let mut rest = Vec::new();
        match stream.read_to_end(&mut rest) {
            Ok(_) => {}
            Err(error) => assert!(error.kind() != std::io::ErrorKind::WouldBlock, "the connection is still open"),
        }
    }
    drip.join().unwrap();
    assert_eq!(server.get("", "br").status(), 200, "other requests must still be served");
}

#[test]
fn a_port_in_use_is_reported() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = site().args(["serve", "--port", &port]).output().unwrap();
    assert!(!output.status.success());
    let message = stderr(&output);
    assert_eq!(message.trim().lines().count(), 1, "the error has more than one line: {message}");
    assert!(message.contains(&port) && message.contains("--port"), "{message}");
}

#[test]
fn help_is_printed_and_wrong_arguments_are_reported() {
    let output = site().arg("--help").output().unwrap();
    let usage = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    for word in ["build", "serve", "watch", "--port", "--out"] {
        assert!(usage.contains(word), "--help does not mention {word}");
    }
    for (arguments, named) in
        [(["bild"].as_slice(), "bild"), (&["--prot", "1"], "--prot"), (&["--port", "x"], "--port")]
    {
        let output = site().args(arguments).output().unwrap();
        assert!(!output.status.success());
        assert!(stderr(&output).contains(named), "{}", stderr(&output));
    }
}
