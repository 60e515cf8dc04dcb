//! The frozen build of an earlier version, described in `tests/fixtures/build-0.1/README.md`.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use walkdir::WalkDir;

/// Returns the folder of the unpacked frozen build. It contains the pages of one language only: [`FROZEN_LOCALE`].
pub fn frozen() -> &'static Path {
    static FROZEN: OnceLock<PathBuf> = OnceLock::new();
    FROZEN.get_or_init(|| {
        let packed = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/build-0.1");
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("frozen");
        let _ = fs::remove_dir_all(&out);
        let files = WalkDir::new(&packed).into_iter().map(|entry| entry.expect("the fixture can be read"));
        for file in files.filter(|entry| entry.path().extension().is_some_and(|kind| kind == "br")) {
            let mut bytes = Vec::new();
            let packed_bytes = fs::File::open(file.path()).expect("the fixture can be read");
            brotli::Decompressor::new(packed_bytes, 4096).read_to_end(&mut bytes).expect("the fixture is valid brotli");
            let target = out
                .join(file.path().strip_prefix(&packed).expect("the fixture is inside the folder"))
                .with_extension("");
            fs::create_dir_all(target.parent().expect("the file has a parent")).expect("a folder can be made");
            fs::write(target, bytes).expect("a file can be written");
        }
        out
    })
}

/// The language of the frozen build.
pub const FROZEN_LOCALE: &str = "nl";
