//! Runs Debian's nginx with the builder's snippet: the site at the root of one origin, and in a subfolder of another.

use std::fs;
use std::io::Write as _;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Debian's path of the module that sends `.br` files.
const BROTLI_MODULE: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

/// The subfolder of the site on the second origin.
pub const SUBFOLDER: &str = "any/sub/path/";

/// The time limit for starting nginx.
const START_TIMEOUT: Duration = Duration::from_secs(15);

/// A running nginx, stopped when it is dropped.
pub struct Nginx {
    child: Child,
    /// The URL of the site at the root.
    pub shallow: String,
    /// The URL of the site in [`SUBFOLDER`].
    pub deep: String,
    _folder: tempfile::TempDir,
}

/// Returns the path of nginx, if it is installed with its brotli module.
pub fn program() -> Option<PathBuf> {
    let program = ["/usr/sbin/nginx", "/usr/bin/nginx"].into_iter().map(PathBuf::from).find(|path| path.is_file());
    program.filter(|_| Path::new(BROTLI_MODULE).is_file())
}

impl Nginx {
    /// Serves a built site, with the snippet from the folder beside it.
    pub fn start(built: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be created");
        let base = folder.path();
        // The workers of nginx may run as another user.
        make_readable(base);
        let www = base.join("www");
        copy(built, &www.join(SUBFOLDER));
        let snippet = built.with_file_name(format!("{}.hosting", built.file_name().unwrap().to_str().unwrap()));
        fs::copy(snippet.join("nginx.conf"), base.join("snippet.conf")).expect("the builder wrote a snippet");
        let ports = [free_port(), free_port()];
        let servers: String = [(ports[0], www.join(SUBFOLDER)), (ports[1], www.clone())]
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
            "load_module {BROTLI_MODULE};\ndaemon off;\nworker_processes 1;\npid {base}/pid;\nerror_log {base}/errors;\n\
             events {{}}\nhttp {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}{servers}}}\n"
        );
        let file = folder.path().join("nginx.conf");
        fs::write(&file, configuration).expect("the configuration can be written");
        let mut command = Command::new(program().expect("nginx is installed"));
        command.arg("-c").arg(&file).arg("-e").arg(folder.path().join("errors"));
        let child = command.stdin(Stdio::null()).stderr(Stdio::null()).spawn().expect("nginx can be started");
        let deadline = Instant::now() + START_TIMEOUT;
        while ports.iter().any(|port| TcpStream::connect((Ipv4Addr::LOCALHOST, *port)).is_err()) {
            let errors = || fs::read_to_string(folder.path().join("errors")).unwrap_or_default();
            assert!(Instant::now() < deadline, "nginx does not answer: {}", errors());
            sleep(Duration::from_millis(10));
        }
        let [root_port, subfolder_port] = ports;
        Self {
            child,
            shallow: format!("http://127.0.0.1:{root_port}/"),
            deep: format!("http://127.0.0.1:{subfolder_port}/{SUBFOLDER}"),
            _folder: folder,
        }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // nginx stops its workers on SIGTERM; `Child::kill` sends SIGKILL, which would leave them running.
        let signalled = Command::new("kill").arg(self.child.id().to_string()).status();
        if signalled.is_err() {
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

fn make_readable(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("the permissions can be changed");
}

/// Returns a port that was free a moment ago, since nginx cannot choose one by itself.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    listener.local_addr().expect("the port has a number").port()
}
