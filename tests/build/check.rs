//! The command `check` against malicious and unrelated hosts. `tests/hosting/live.rs` has those with a copy of the
//! site.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Output;
use std::thread;

use crate::{built, site, stderr};

/// Starts a host that responds to each path with `respond`, until the tests end. Returns its URL.
fn host(respond: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let respond = std::sync::Arc::new(respond);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let respond = std::sync::Arc::clone(&respond);
            thread::spawn(move || {
                let mut request = [0; 4096];
                let length = stream.read(&mut request).unwrap_or(0);
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let path = request.split_whitespace().nth(1).unwrap_or_default().to_owned();
                respond(&path, &mut stream);
            });
        }
    });
    address
}

fn send(stream: &mut TcpStream, status: &str, encoding: &str, body: &[u8]) {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nContent-Encoding: {encoding}\r\nConnection: close\r\n\r\n"
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}

fn check(address: &str) -> Output {
    site().args(["check", address, "--out"]).arg(built()).output().unwrap()
}

/// Asserts that the check fails with an error that contains `message`.
#[track_caller]
fn assert_fails(address: &str, message: &str) {
    let output = check(address);
    assert!(!output.status.success());
    assert!(stderr(&output).contains(message), "{message} is not in: {}", stderr(&output));
}

/// Returns 256 MB of zeros, compressed to a few thousand bytes of brotli or a megabyte of gzip.
fn bomb(encoding: &str) -> Vec<u8> {
    let zeros = vec![0; 1 << 20];
    let times = 1 << 8;
    let mut compressed = Vec::new();
    if encoding == "br" {
        let mut writer = brotli::CompressorWriter::new(&mut compressed, 1 << 16, 1, 24);
        (0..times).for_each(|_| writer.write_all(&zeros).unwrap());
        writer.flush().unwrap();
        drop(writer);
    } else {
        let mut writer = flate2::write::GzEncoder::new(&mut compressed, flate2::Compression::fast());
        (0..times).for_each(|_| writer.write_all(&zeros).unwrap());
        writer.finish().unwrap();
    }
    compressed
}

#[test]
fn a_decompression_bomb_is_rejected() {
    for encoding in ["br", "gzip"] {
        let bomb = bomb(encoding);
        let address = host(move |_, stream| send(stream, "200 OK", encoding, &bomb));
        assert_fails(&address, "cannot be decompressed");
    }
}

#[test]
fn an_endless_response_is_rejected() {
    let address = host(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        while stream.write_all(&[b'a'; 1 << 16]).is_ok() {}
    });
    assert_fails(&address, "too large");
}

#[test]
fn an_invalid_file_list_is_not_followed() {
    let hash = "0".repeat(32);
    let endless: String = (0..5000).map(|at| format!("\"{at}\":\"{hash}\",")).collect();
    let lists = [
        format!("{{\"common\":{{{endless}\"a\":\"{hash}\"}}}}"),
        format!("{{\"common\":{{\"\\u001b[2Ja\":\"{hash}\"}}}}"),
        format!("{{\"common\":{{\"../../admin\":\"{hash}\"}}}}"),
        format!("{{\"common\":{{\"//example.org/\":\"{hash}\"}}}}"),
        "{\"common\":{\"a\":\"\"}}".to_owned(),
        "{\"common\":".to_owned(),
    ];
    for list in lists {
        let worker = format!("const BUILD = \"\"; const FILES = {list}; // between-us");
        let address = host(move |path, stream| {
            assert_eq!(path, "/sw.js", "a path on the list was requested");
            send(stream, "200 OK", "identity", worker.as_bytes());
        });
        let output = check(&address);
        assert!(!output.status.success() && !stderr(&output).contains('\u{1b}'), "{}", stderr(&output));
        assert!(stderr(&output).contains("is not a file of this site"), "{}", stderr(&output));
    }
}

#[test]
fn another_site_at_the_root_is_reported() {
    let serve = |root: &'static str, is_copy: bool| {
        host(move |path, stream| {
            let file = match path {
                "/" => return send(stream, root, "identity", b"a blog"),
                "/sw.js" if !is_copy => return send(stream, "404 Not Found", "identity", b""),
                path => built().join(path.trim_start_matches("/copy").trim_start_matches('/')),
            };
            let file = if file.is_dir() { file.join("index.html") } else { file };
            match std::fs::read(file) {
                Ok(bytes) => send(stream, "200 OK", "identity", &bytes),
                Err(_) => send(stream, "404 Not Found", "identity", b""),
            }
        })
    };
    let stdout = |address: String| String::from_utf8_lossy(&check(&address).stdout).into_owned();
    for root in ["200 OK", "302 Found", "401 Unauthorized", "500 Internal Server Error"] {
        let address = serve(root, false);
        let printed = stdout(format!("{address}copy/"));
        assert!(printed.contains(&format!("another site answers at {address}")), "{root}: {printed}");
    }
    for (root, is_copy, folder) in [("404 Not Found", false, "copy/"), ("200 OK", true, "copy/"), ("200 OK", true, "")]
    {
        let printed = stdout(format!("{}{folder}", serve(root, is_copy)));
        assert!(printed.contains("files checked") && !printed.contains("another site"), "{root}: {printed}");
    }
}
