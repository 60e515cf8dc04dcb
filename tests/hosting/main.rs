//! Tests of the built site on Debian's nginx with the snippet that the builder writes, at the root of an origin and in
//! a subfolder. Without nginx or its brotli module the tests are ignored; with `CI=true` they fail.

mod elsewhere;
mod live;
mod nginx;
mod responses;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use libtest_mimic::{Arguments, Failed, Trial};

use nginx::Nginx;

fn main() {
    let arguments = Arguments::from_args();
    let is_ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
    let is_missing = nginx::program().is_none();
    let on_nginx = responses::TRIALS.iter().chain(live::TRIALS).map(|(name, test)| {
        let trial = Trial::test(*name, move || {
            if is_missing {
                return Err(Failed::from("nginx or its brotli module is not installed"));
            }
            test(host());
            Ok(())
        });
        trial.with_ignored_flag(is_missing && !is_ci)
    });
    // Compiles for minutes, so it runs in CI only.
    let elsewhere = Trial::test("builds_in_different_folders_are_identical", || {
        elsewhere::same_bytes();
        Ok(())
    });
    let trials = on_nginx.chain([elsewhere.with_ignored_flag(!is_ci)]).collect();
    libtest_mimic::run(&arguments, trials).exit();
}

/// The name of a test, and the test itself.
type OnHost = (&'static str, fn(&Nginx));

/// Returns the folder of the built site, which is built once for all tests.
fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site");
        let output = site().args(["build", "--out"]).arg(&out).output().expect("the builder can be run");
        assert!(output.status.success(), "the build failed: {}", output_text(&output));
        out
    })
}

/// Returns the host of the built site, which runs until the tests end.
fn host() -> &'static Nginx {
    static HOST: OnceLock<Nginx> = OnceLock::new();
    HOST.get_or_init(|| Nginx::start(built()))
}

/// Returns a command that runs the builder.
fn site() -> Command {
    Command::new(env!("CARGO_BIN_EXE_site"))
}

/// Returns the standard output and the standard error of a program as text.
fn output_text(output: &Output) -> String {
    [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat()
}

/// Returns the paths of all files below a folder, relative to it, in order.
fn files(folder: &Path) -> Vec<String> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let paths = files.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path());
    paths.map(|path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned()).collect()
}
