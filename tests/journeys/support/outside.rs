//! Everything beyond this machine, as a browser sees it: a proxy that answers nothing and writes down who was asked for.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// The proxy of one browser.
pub struct Outside {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Outside {
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let address = listener.local_addr().expect("the port has a number");
        let asked = Arc::default();
        let book = Arc::clone(&asked);
        // It ends with the program.
        thread::spawn(move || listener.incoming().flatten().for_each(|stream| refuse(stream, &book)));
        Self { address, asked }
    }

    /// The host and port at which it listens.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// The first lines of all requests so far, such as `CONNECT www.example.org:443 HTTP/1.1`. The browser's own are
    /// among them.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn refuse(stream: TcpStream, asked: &Mutex<Vec<String>>) {
    let mut line = String::new();
    if BufReader::new(&stream).read_line(&mut line).is_ok() {
        asked.lock().unwrap().push(line.trim_end().to_owned());
        let _ =
            (&stream).write_all(b"HTTP/1.1 502 Nothing is outside\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
}
