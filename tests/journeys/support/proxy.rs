//! A proxy that stands in for everything beyond this machine: it refuses every request and records it.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// The proxy of one browser.
pub struct RefusingProxy {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl RefusingProxy {
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let address = listener.local_addr().expect("the port has a number");
        let requests = Arc::default();
        let log = Arc::clone(&requests);
        // The thread ends with the process.
        thread::spawn(move || listener.incoming().flatten().for_each(|stream| refuse(stream, &log)));
        Self { address, requests }
    }

    /// Returns the host and port on which it listens.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// Returns the request lines so far, such as `CONNECT www.example.org:443 HTTP/1.1`, including those of the browser
    /// itself.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// Returns the hosts requested after the first `since` requests.
    pub fn hosts(&self, since: usize) -> BTreeSet<String> {
        self.requests().iter().skip(since).map(|line| host(line).to_owned()).collect()
    }
}

/// Returns the host in a request line, such as `CONNECT host:443 HTTP/1.1` or `GET http://host/path HTTP/1.1`.
fn host(line: &str) -> &str {
    let target = line.split(' ').nth(1).unwrap_or_default();
    let target = target.split_once("://").map_or(target, |(_, rest)| rest);
    target.split(['/', ':', '?']).next().unwrap_or_default()
}

fn refuse(stream: TcpStream, requests: &Mutex<Vec<String>>) {
    let mut line = String::new();
    if BufReader::new(&stream).read_line(&mut line).is_ok() {
        requests.lock().unwrap().push(line.trim_end().to_owned());
        let _ =
            (&stream).write_all(b"HTTP/1.1 502 Nothing is outside\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
}
