//! What the package is made from. `deny.toml` says more, to `cargo deny`.

use std::fs;

use crate::root;

#[test]
fn every_direct_dependency_says_why_it_is_here() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut in_dependencies = false;
    let mut before = "";
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_dependencies = line.ends_with("dependencies]");
            // A dependency with a table of its own.
            assert!(!line.contains("dependencies.") || before.starts_with('#'), "{line} gives no reason");
        } else if in_dependencies && line.contains('=') && !line.starts_with('#') {
            assert!(before.starts_with('#'), "{line} gives no reason");
        }
        before = line;
    }
}

#[test]
fn everything_comes_from_the_registry_of_rust() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for line in lock.lines().filter(|line| line.starts_with("source = ")) {
        assert_eq!(line, "source = \"registry+https://github.com/rust-lang/crates.io-index\"");
    }
}

#[test]
fn the_gate_and_the_command_for_a_release_hold_the_tree_against_deny_toml() {
    for path in [".ci/lint", "docs/hosting.md"] {
        let text = fs::read_to_string(root().join(path)).unwrap();
        assert!(text.contains("cargo deny --locked check bans licenses sources"), "{path} does not");
    }
}
