//! Strips comments from JavaScript.

use anyhow::{Result, ensure};

/// Returns the script without comments on lines of their own, blank lines and indentation.
///
/// Measured on the questions page with brotli: 1.9 KB less. A minifier that also shortens names saves 1.1 KB more, at
/// the cost of 113 crates and a minute of compiling.
///
/// # Errors
///
/// Fails on a line of code after a block comment, and on a string or template that spans lines, whose text could look
/// like a comment or indentation.
pub fn strip_comments(script: &str) -> Result<String> {
    let mut stripped = String::with_capacity(script.len());
    let mut in_comment = false;
    for (number, line) in script.lines().enumerate() {
        let line = line.trim();
        if in_comment || line.starts_with("/*") {
            let end = line.find("*/");
            ensure!(end.is_none_or(|end| end + 2 == line.len()), "line {}: code after a block comment", number + 1);
            in_comment = end.is_none();
            continue;
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        let is_closed = line.matches('`').count().is_multiple_of(2) && !line.ends_with('\\');
        ensure!(is_closed, "line {}: a string that spans lines", number + 1);
        stripped += line;
        stripped.push('\n');
    }
    Ok(stripped)
}

#[cfg(test)]
mod tests {
    use super::strip_comments;

    #[test]
    fn comments_and_indentation_are_stripped() {
        let script = "// Says hello.\n/**\n * @param {string} name\n */\nfunction hello(name) {\n  // Here.\n\n  \
                      say(`// ${name}`); // Kept: it may be part of a text.\n}\n/* One line. */\n";
        let expected = "function hello(name) {\nsay(`// ${name}`); // Kept: it may be part of a text.\n}\n";
        assert_eq!(strip_comments(script).unwrap(), expected);
    }

    #[test]
    fn ambiguous_lines_are_rejected() {
        for script in ["say(`one\n// two`)", "say('one \\\n// two')", "/* a */ run()", "/* a\n b */ run() /* c */"] {
            assert!(strip_comments(script).is_err(), "{script}");
        }
    }
}
