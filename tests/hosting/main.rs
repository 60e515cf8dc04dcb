//! The built site on a real host: Debian's nginx with the snippet that the builder writes, at the root of an address and in
//! a folder. Where nginx or its module for brotli is not installed the trials show as ignored; with `CI=true` that is a
//! failure.

mod elsewhere;
mod live;
mod nginx;
mod responses;

// The builder's own table of headers, so that a host is held to all of it.
#[allow(dead_code)]
#[path = "../../src/bin/site/headers.rs"]
mod headers;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use libtest_mimic::{Arguments, Failed, Trial};

use nginx::Nginx;

fn main() {
    let arguments = Arguments::from_args();
    let is_ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
    let is_missing = nginx::program().is_none();
    let on_nginx = responses::TRIALS.iter().chain(live::TRIALS).map(|(name, go)| {
        let trial = Trial::test(*name, move || {
            if is_missing {
                return Err(Failed::from("nginx or its module for brotli is not installed"));
            }
            go(host());
            Ok(())
        });
        trial.with_ignored_flag(is_missing && !is_ci)
    });
    // Minutes of compiling, which only the gate takes.
    let elsewhere = Trial::test("two_builds_in_different_places_give_the_same_bytes", || {
        elsewhere::same_bytes();
        Ok(())
    });
    let trials = on_nginx.chain([elsewhere.with_ignored_flag(!is_ci)]).collect();
    libtest_mimic::run(&arguments, trials).exit();
}

/// What is true of a running host.
type OnHost = (&'static str, fn(&Nginx));

/// The site of the repository, built once for all trials.
fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site");
        let output = site().args(["build", "--out"]).arg(&out).output().expect("the builder starts");
        assert!(output.status.success(), "the site cannot be built: {}", said(&output));
        out
    })
}

/// The built site on nginx, for as long as the trials run.
fn host() -> &'static Nginx {
    static HOST: OnceLock<Nginx> = OnceLock::new();
    HOST.get_or_init(|| Nginx::start(built()))
}

/// The builder.
fn site() -> Command {
    Command::new(env!("CARGO_BIN_EXE_site"))
}

/// All that a program wrote.
fn said(output: &Output) -> String {
    [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat()
}

/// Every file below a folder, by its path from there.
fn files(folder: &Path) -> Vec<String> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let paths = files.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path());
    paths.map(|path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned()).collect()
}
