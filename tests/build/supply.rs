//! Tests of the dependencies. `cargo deny` checks the rest, as configured in `deny.toml`.

use std::fs;

use crate::root;

#[test]
fn every_direct_dependency_has_a_comment_with_its_reason() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut in_dependencies = false;
    let mut previous = "";
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_dependencies = line.ends_with("dependencies]");
            // A dependency may have a table of its own.
            assert!(!line.contains("dependencies.") || previous.starts_with('#'), "{line} has no comment");
        } else if in_dependencies && line.contains('=') && !line.starts_with('#') {
            assert!(previous.starts_with('#'), "{line} has no comment");
        }
        previous = line;
    }
}

#[test]
fn all_dependencies_come_from_crates_io() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for line in lock.lines().filter(|line| line.starts_with("source = ")) {
        assert_eq!(line, "source = \"registry+https://github.com/rust-lang/crates.io-index\"");
    }
}

#[test]
fn ci_and_the_release_instructions_run_cargo_deny() {
    for path in [".ci/lint", "docs/hosting.md"] {
        let text = fs::read_to_string(root().join(path)).unwrap();
        assert!(text.contains("cargo deny --locked check bans licenses sources"), "{path} does not run it");
    }
}
