//! axe-core, an accessibility checker. It is installed from the npm registry when it is first needed, and stays under
//! `target/`.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use crate::support::Visit;

/// The exact release, so that results do not change between runs.
const RELEASE: &str = "axe-core@4.14.1";

static SOURCE: LazyLock<Option<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target").join(RELEASE);
    let script = folder.join("node_modules/axe-core/axe.min.js");
    if !script.exists() {
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0"]);
        npm.arg("--prefix").arg(&folder).arg(RELEASE).output().ok()?;
    }
    fs::read_to_string(script).ok()
});

/// Returns whether axe-core cannot be installed.
pub fn is_missing() -> bool {
    SOURCE.is_none()
}

/// The rules to run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// All rules of WCAG 2.2 AA, and best practice.
    All,
    /// The rules whose result depends on colours and sizes.
    Visual,
}

/// Runs axe-core on the current page. Returns one line for each violated rule, with its first three elements.
pub fn violations(visit: &Visit, rules: Rules) -> Vec<String> {
    if visit.js("return typeof axe === 'undefined'", &[]) {
        visit.js::<()>(SOURCE.as_deref().expect("npm brings axe-core"), &[]);
    }
    // Sticky bars cover targets until the page is scrolled, and axe-core would report these targets as too small.
    let run = "scrollTo(0, 0);
        const sticky = [...document.querySelectorAll('*')].filter((one) => getComputedStyle(one).position === 'sticky');
        sticky.forEach((one) => { one.style.position = 'relative' });
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        const visual = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'];
        const runOnly = isVisual ? { type: 'rule', values: visual } : { type: 'tag', values: tags };
        const found = await axe.run({ runOnly, resultTypes: ['violations'], preload: false });
        sticky.forEach((one) => { one.style.position = '' });
        return found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) =>
            `${node.target.join(' ')} (${node.any.concat(node.all, node.none)[0]?.message})`).join('; ')}`)";
    visit.js(&format!("return (async (isVisual) => {{ {run} }})(arguments[0])"), &[(rules == Rules::Visual).into()])
}
