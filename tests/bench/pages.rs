//! The measured pages: those of the site, and those of form libraries, whose packages npm fetches.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use between_us::content::Content;

use crate::form::Form;
use crate::support::browser::Browser;
use crate::support::{Engine, Site, Stage, StorageChoice, built};

/// The npm packages, at the versions measured last.
pub const PACKAGES: [&str; 4] = ["survey-core@2.5.38", "survey-js-ui@2.5.38", "lforms@40.1.3", "@formio/js@5.6.0"];

/// The measured locale.
const LOCALE: &str = "en";

/// Returns the folder of the packages, of the pages made from them, and of the report of a short run.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench")
}

/// A measured page.
pub struct Page {
    pub name: String,
    /// The description in the report.
    pub about: &'static str,
    folder: PathBuf,
    /// The path of the page in its folder.
    pub path: String,
    /// Whether the page is served with the production headers. The libraries need what their security policy forbids.
    has_headers: bool,
    /// The selector of the first usable control.
    pub usable: &'static str,
    /// The selector of the controls of the first question.
    pub options: &'static str,
    /// The values in local storage before the page opens.
    pub stored: BTreeMap<String, String>,
}

impl Page {
    /// Returns the transfer size of the document alone, in bytes.
    pub fn bytes(&self) -> f64 {
        self.transfer_size(&format!("{}index.html", self.path)).expect("the page has an index.html")
    }

    /// Returns the transfer size of a file in bytes: its `.br` file if it exists, or else the raw file. Returns `None`
    /// if the file does not exist.
    pub fn transfer_size(&self, path: &str) -> Option<f64> {
        let file = self.folder.join(path);
        let metadata = fs::metadata(format!("{}.br", file.display())).or_else(|_| fs::metadata(file));
        metadata.ok().map(|metadata| metadata.len() as f64)
    }

    /// Serves the page at a new origin, so that nothing of it is cached.
    pub fn serve(&self) -> Site {
        if self.has_headers { Site::serve(&self.folder) } else { Site::serve_without_headers(&self.folder) }
    }
}

/// Returns every measured page, and fetches the packages first.
pub fn all() -> Vec<Page> {
    let content =
        Content::load(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content"))).expect("the content is valid");
    let form = Form::new(&content, LOCALE);
    let root = root();
    let packages = fetch(&root);
    let mut pages = vec![ours("Between Us", "first visit: nothing kept", BTreeMap::new())];
    pages.push(plain(&root, &form));

    let survey = [
        ("survey-core", "survey-core.fontless.min.css"),
        ("survey-core", "survey.core.min.js"),
        ("survey-js-ui", "survey-js-ui.min.js"),
    ];
    let start = format!("new Survey.Model({}).render(document.querySelector('main'))", form.survey_js());
    pages.push(library(&root, &packages, "SurveyJS", "one question a page", &survey, &start));

    // The files that the README lists, without the support for FHIR, which the library's own format does not need.
    let lforms = ["styles.css", "zone.min.js", "runtime.js", "polyfills.js", "main.js"].map(|file| ("lforms", file));
    let start = format!("LForms.Util.addFormToPage({}, document.querySelector('main'))", form.lhc_forms());
    pages.push(library(&root, &packages, "LHC-Forms", "all questions on one page", &lforms, &start));

    let formio = ["formio.form.min.css", "formio.form.min.js"].map(|file| ("@formio/js", file));
    let start = format!("Formio.createForm(document.querySelector('main'), {})", form.form_io());
    pages.push(library(&root, &packages, "Form.io", "one question a page", &formio, &start));

    let one = stored_by_a_visit();
    for (count, name) in [(1, "Between Us, 1 kept"), (10, "Between Us, 10 kept"), (100, "Between Us, 100 kept")] {
        pages.push(ours(name, "comes back: reflections kept on the device", many(&one, count)));
    }
    pages
}

fn ours(name: &str, about: &'static str, stored: BTreeMap<String, String>) -> Page {
    Page {
        name: name.to_owned(),
        about,
        folder: built().to_owned(),
        path: format!("{LOCALE}/reflect/"),
        has_headers: true,
        usable: "[data-app][data-state=ready] input",
        options: "[data-app] input[name=feelings-now]",
        stored,
    }
}

const HEAD: &str = "<!DOCTYPE html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
    <title>Questions</title><link rel=icon href=\"data:,\">";

fn plain(root: &Path, form: &Form) -> Page {
    let folder = folder(root, "plain-html");
    write(&folder.join("index.html"), format!("{HEAD}<main><h1>Questions</h1>{}</main>", form.html()).as_bytes());
    other("Plain HTML", "all questions on one page, no script: the floor", folder)
}

/// Writes a page that loads these files of packages, and then runs the script `start`.
fn library(root: &Path, packages: &Path, name: &str, about: &'static str, files: &[(&str, &str)], start: &str) -> Page {
    let folder = folder(root, &name.to_lowercase());
    let mut head = HEAD.to_owned();
    for (package, file) in files {
        let bytes = fs::read(find(&packages.join(package), file)).expect("the package contains the file");
        write(&folder.join(file), &bytes);
        if file.ends_with(".css") {
            head += &format!("<link rel=stylesheet href={file}>");
        } else {
            // Modules run in order, and do not block rendering.
            head += &format!("<script type=module src={file}></script>");
        }
    }
    write(&folder.join("form.js"), start.as_bytes());
    let page = format!("{head}<script type=module src=form.js></script><h1>Questions</h1><main></main>");
    write(&folder.join("index.html"), page.as_bytes());
    other(name, about, folder)
}

fn other(name: &str, about: &'static str, folder: PathBuf) -> Page {
    Page {
        name: name.to_owned(),
        about,
        folder,
        path: String::new(),
        has_headers: false,
        usable: "main input",
        options: "main input[type=checkbox], main input[type=radio]",
        stored: BTreeMap::new(),
    }
}

fn folder(root: &Path, name: &str) -> PathBuf {
    let folder = root.join(name);
    fs::create_dir_all(&folder).expect("the folder can be created");
    folder
}

/// Writes a file and its `.br` file, at brotli's highest quality. Does nothing if the file is unchanged, since that is
/// slow.
fn write(path: &Path, bytes: &[u8]) {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return;
    }
    let compressed = fs::File::create(format!("{}.br", path.display())).expect("the file can be written");
    let mut writer = brotli::CompressorWriter::new(compressed, 1 << 16, 11, 24);
    writer.write_all(bytes).expect("the file can be compressed");
    fs::write(path, bytes).expect("the file can be written");
}

/// Fetches the packages with npm, each into a folder of its name, unless that version is there already. Returns the
/// parent folder.
fn fetch(root: &Path) -> PathBuf {
    let packages = root.join("packages");
    for package in PACKAGES {
        let (name, version) = package.rsplit_once('@').expect("the package has a version");
        let folder = packages.join(name);
        let is_there = fs::read_to_string(folder.join("package.json")).is_ok_and(|about| about.contains(version));
        if is_there {
            continue;
        }
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the folder can be created");
        let packed = Command::new("npm").args(["pack", "--silent", package]).current_dir(&packages).output();
        let packed = packed.expect("npm can be run");
        assert!(packed.status.success(), "{package}: {}", String::from_utf8_lossy(&packed.stderr));
        let archive = String::from_utf8_lossy(&packed.stdout).trim().to_owned();
        let mut unpack = Command::new("tar");
        unpack.args(["xzf", &archive, "--strip-components=1", "-C"]).arg(&folder).current_dir(&packages);
        assert!(unpack.status().is_ok_and(|status| status.success()), "{archive} cannot be unpacked");
    }
    packages
}

/// Returns the path of the first file with this name anywhere in a package.
fn find(folder: &Path, file: &str) -> PathBuf {
    let mut files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    files.find(|entry| entry.file_name() == file).expect("the package contains the file").into_path()
}

/// Answers every question of the short flow, and returns to the first. Returns the contents of local storage.
fn stored_by_a_visit() -> BTreeMap<String, String> {
    let stage = Stage { browser: Browser::take(Engine::Chromium), site: Site::start(), locale: LOCALE };
    let visit = stage.visit();
    visit.begin();
    let mut step = visit.step();
    while step != "themes" {
        if visit.is_question() {
            visit.write(&step, "Some words of my own, as long as a sentence or two mostly are. Like this one.");
        }
        if step == "keep" {
            visit.choose_storage(StorageChoice::Device);
        }
        step = visit.next();
    }
    visit.go("answers");
    visit.go("change");
    visit.wait_for_step("feelings-now");
    let stored = visit.stored().device;
    drop(visit);
    stage.browser.give_back();
    stored
}

/// Returns the stored values with `count` copies of the reflection.
fn many(stored: &BTreeMap<String, String>, count: usize) -> BTreeMap<String, String> {
    let is_of_reflection = |key: &str| key.strip_prefix("between-us:r").is_some_and(|id| id.len() >= 8);
    let mut all = stored.clone();
    for (key, value) in stored.iter().filter(|(key, _)| is_of_reflection(key)) {
        let rest = &key["between-us:r".len() + 8..];
        for copy in 1..count {
            all.insert(format!("between-us:r{copy:08x}{rest}"), value.clone());
        }
    }
    all
}
