//! Debian's nginx with the builder's own snippet: the site at the root of one address, and deep in a folder of another.

use std::fs;
use std::io::Write as _;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Where Debian puts the module that sends `.br` files.
const BROTLI: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

/// The folder of the second address.
pub const DEEP: &str = "any/sub/path/";

/// How long it may take to start.
const PATIENCE: Duration = Duration::from_secs(15);

/// A running nginx, stopped when it is dropped.
pub struct Nginx {
    child: Child,
    /// The site at the root.
    pub shallow: String,
    /// The site in the folder [`DEEP`].
    pub deep: String,
    _folder: tempfile::TempDir,
}

/// The program, if it is installed with its module for brotli.
pub fn program() -> Option<PathBuf> {
    let program = ["/usr/sbin/nginx", "/usr/bin/nginx"].into_iter().map(PathBuf::from).find(|path| path.is_file());
    program.filter(|_| Path::new(BROTLI).is_file())
}

impl Nginx {
    /// Serves a built site. Its snippet stands beside it.
    pub fn start(built: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let base = folder.path();
        // Its workers may be another user's.
        open_to_all(base);
        let www = base.join("www");
        copy(built, &www.join(DEEP));
        let snippet = built.with_file_name(format!("{}.hosting", built.file_name().unwrap().to_str().unwrap()));
        fs::copy(snippet.join("nginx.conf"), base.join("snippet.conf")).expect("the builder wrote a snippet");
        let ports = [free_port(), free_port()];
        let servers: String = [(ports[0], www.join(DEEP)), (ports[1], www.clone())]
            .into_iter()
            .map(|(port, root)| {
                let (root, base) = (root.display(), base.display());
                format!("server {{ listen 127.0.0.1:{port}; root {root}; include {base}/snippet.conf; }}\n")
            })
            .collect();
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|kind| format!("{kind}_temp_path {}/{kind};\n", base.display()))
            .concat();
        let base = base.display();
        let configuration = format!(
            "load_module {BROTLI};\ndaemon off;\nworker_processes 1;\npid {base}/pid;\nerror_log {base}/errors;\n\
             events {{}}\nhttp {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}{servers}}}\n"
        );
        let file = folder.path().join("nginx.conf");
        fs::write(&file, configuration).expect("the configuration can be written");
        let mut command = Command::new(program().expect("nginx is installed"));
        command.arg("-c").arg(&file).arg("-e").arg(folder.path().join("errors"));
        let child = command.stdin(Stdio::null()).stderr(Stdio::null()).spawn().expect("nginx starts");
        let deadline = Instant::now() + PATIENCE;
        while ports.iter().any(|port| TcpStream::connect((Ipv4Addr::LOCALHOST, *port)).is_err()) {
            let errors = || fs::read_to_string(folder.path().join("errors")).unwrap_or_default();
            assert!(Instant::now() < deadline, "nginx does not answer: {}", errors());
            sleep(Duration::from_millis(10));
        }
        let [shallow, deep] = ports;
        Self {
            child,
            shallow: format!("http://127.0.0.1:{shallow}/"),
            deep: format!("http://127.0.0.1:{deep}/{DEEP}"),
            _folder: folder,
        }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // It stops its workers only when it is asked to, not when it is killed.
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        if asked.is_err() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap) {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            let mut file = fs::File::create(target).unwrap();
            file.write_all(&fs::read(entry.path()).unwrap()).unwrap();
        }
    }
}

fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("our own folder can be opened");
}

/// A port that was free a moment ago: nginx takes none of its own choice.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    listener.local_addr().expect("the port has a number").port()
}
