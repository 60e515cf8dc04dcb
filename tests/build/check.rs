//! `check`, on hosts that mean ill or know nothing of this site. `tests/hosting/live.rs` has those that are as they should be.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Output;
use std::thread;

use crate::{built, errors, site};

/// A host that answers each path in its own way, for as long as the tests run.
fn host(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let answer = std::sync::Arc::new(answer);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let answer = std::sync::Arc::clone(&answer);
            thread::spawn(move || {
                let mut request = [0; 4096];
                let length = stream.read(&mut request).unwrap_or(0);
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let path = request.split_whitespace().nth(1).unwrap_or_default().to_owned();
                answer(&path, &mut stream);
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

#[track_caller]
fn refused(address: &str, part: &str) {
    let output = check(address);
    assert!(!output.status.success());
    assert!(errors(&output).contains(part), "{part} is not in: {}", errors(&output));
}

/// A gigabyte of zeros in a few thousand bytes of brotli, a megabyte of gzip.
fn bomb(encoding: &str) -> Vec<u8> {
    let zeros = vec![0; 1 << 20];
    let times = 1 << 10;
    let mut packed = Vec::new();
    if encoding == "br" {
        let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, 1, 24);
        (0..times / 4).for_each(|_| writer.write_all(&zeros).unwrap());
        writer.flush().unwrap();
        drop(writer);
    } else {
        let mut writer = flate2::write::GzEncoder::new(&mut packed, flate2::Compression::fast());
        (0..times / 4).for_each(|_| writer.write_all(&zeros).unwrap());
        writer.finish().unwrap();
    }
    packed
}

#[test]
fn what_unpacks_to_any_size_is_not_taken() {
    for encoding in ["br", "gzip"] {
        let bomb = bomb(encoding);
        let address = host(move |_, stream| send(stream, "200 OK", encoding, &bomb));
        refused(&address, "cannot be unpacked");
    }
}

#[test]
fn what_never_ends_is_not_taken() {
    let address = host(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        while stream.write_all(&[b'a'; 1 << 16]).is_ok() {}
    });
    refused(&address, "too large");
}

#[test]
fn a_list_that_no_build_writes_is_not_followed() {
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
            assert_eq!(path, "/sw.js", "something on the list was asked for");
            send(stream, "200 OK", "identity", worker.as_bytes());
        });
        let output = check(&address);
        assert!(!output.status.success() && !errors(&output).contains('\u{1b}'), "{}", errors(&output));
        assert!(errors(&output).contains("is no file of this site"), "{}", errors(&output));
    }
}

#[test]
fn something_else_at_the_root_is_told() {
    let serve = |root: &'static str, is_ours: bool| {
        host(move |path, stream| {
            let file = match path {
                "/" => return send(stream, root, "identity", b"a blog"),
                "/sw.js" if !is_ours => return send(stream, "404 Not Found", "identity", b""),
                path => built().join(path.trim_start_matches("/copy").trim_start_matches('/')),
            };
            let file = if file.is_dir() { file.join("index.html") } else { file };
            match std::fs::read(file) {
                Ok(bytes) => send(stream, "200 OK", "identity", &bytes),
                Err(_) => send(stream, "404 Not Found", "identity", b""),
            }
        })
    };
    let says = |address: String| String::from_utf8_lossy(&check(&address).stdout).into_owned();
    for root in ["200 OK", "302 Found", "401 Unauthorized", "500 Internal Server Error"] {
        let address = serve(root, false);
        let said = says(format!("{address}copy/"));
        assert!(said.contains(&format!("something else answers at {address}")), "{root}: {said}");
    }
    for (root, is_ours, folder) in [("404 Not Found", false, "copy/"), ("200 OK", true, "copy/"), ("200 OK", true, "")]
    {
        let said = says(format!("{}{folder}", serve(root, is_ours)));
        assert!(said.contains("files looked at") && !said.contains("something else"), "{root}: {said}");
    }
}
