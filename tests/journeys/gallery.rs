//! Screenshots of every page, step and state, in each language, in light and dark, on a phone and on a desktop, and of
//! the prints: `cargo test --test journeys gallery` writes them to `target/gallery`, with an index page.
//!
//! The gallery takes some minutes, so it runs only when it is named. `cargo test --test journeys readme_pictures`
//! renews the pictures of the README in `docs/pictures`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::json;

use crate::screens::walk;
use crate::support::{Engine, Journey, Stage, StorageChoice, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("gallery", gallery).in_each_language().only_by_name().not_in(ONE_IS_ENOUGH),
    Journey::new("readme_pictures", readme).only_by_name().not_in(ONE_IS_ENOUGH),
];

const ONE_IS_ENOUGH: &[(Engine, &str)] =
    &[(Engine::Firefox, "one engine's pictures are enough"), (Engine::WebKit, "one engine's pictures are enough")];

/// The window and media features of a screenshot.
struct Look {
    name: &'static str,
    /// The size of the window, in CSS pixels.
    size: (u32, u32),
    /// The emulated media features.
    prefers: &'static [(&'static str, &'static str)],
    /// If set, the picture shows the whole page instead of the viewport.
    whole: bool,
}

const PHONE: (u32, u32) = (390, 844);
const DESK: (u32, u32) = (1280, 900);
const DARK: &[(&str, &str)] = &[("prefers-color-scheme", "dark")];
/// Reduced motion, so that no transition is running when a picture is taken.
const CALM: &[(&str, &str)] = &[("prefers-reduced-motion", "reduce")];
const FORCED: &[(&str, &str)] = &[("forced-colors", "active")];

const LOOKS: &[Look] = &[
    Look { name: "phone", size: PHONE, prefers: &[], whole: false },
    Look { name: "phone-whole", size: PHONE, prefers: &[], whole: true },
    Look { name: "phone-dark", size: PHONE, prefers: DARK, whole: true },
    Look { name: "desk", size: DESK, prefers: &[], whole: true },
    Look { name: "desk-dark", size: DESK, prefers: DARK, whole: false },
    Look { name: "forced", size: PHONE, prefers: FORCED, whole: false },
];

fn gallery(stage: &Stage) {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/gallery");
    let folder = all.join(stage.locale);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    let mut number = 0;
    walk(stage, &mut |visit, name| {
        number += 1;
        for look in LOOKS {
            picture(visit, look, &folder.join(format!("{number:02}-{name}.{}.png", look.name)));
        }
        if ["questions", "caregivers", "sheet"].contains(&name) {
            printed(visit, &folder.join(format!("{number:02}-{name}.print")));
        }
        // The other prints of the page: the card, and the poster in both sizes.
        if name == "caregivers" {
            for paper in visit.attributes("[data-print]", "data-print") {
                visit.js::<()>("document.documentElement.dataset.print = arguments[0]", &[json!(paper)]);
                printed(visit, &folder.join(format!("{number:02}-{name}.print-{paper}")));
                visit.js::<()>("delete document.documentElement.dataset.print", &[]);
            }
        }
    });
    fs::write(all.join("index.html"), index(&all)).expect("the index can be written");
}

/// The pictures of the README, from the opening to the table.
fn readme(stage: &Stage) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    let visit = stage.visit();
    let take = |name: &str| {
        // Remove the focus, and with it the look of the control that was just clicked.
        visit.js::<()>("document.activeElement.blur(); scrollTo(0, 0)", &[]);
        picture(&visit, &LOOKS[0], &folder.join(format!("{}-{name}.png", stage.locale)));
    };
    visit.open("");
    take("opening");
    visit.begin();
    for option in ["worry", "tenderness"] {
        visit.choose("feelings-now", option);
    }
    take("question");
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.next();
    visit.next();
    for (question, option) in [("care-mind", "quiet-moments"), ("contact-notice", "movement")] {
        visit.wait_for_step(question);
        visit.choose(question, option);
        visit.next();
    }
    visit.open_sheet();
    take("sheet");
    visit.click("[data-action=table]");
    let on = "[data-side=parent] [data-action=continue]";
    until("the table shows", || visit.is_visible(on).then_some(()));
    visit.click(on);
    take("table");
}

/// Takes one picture. Resets the window to the size of a phone.
fn picture(visit: &Visit, look: &Look, path: &Path) {
    let (width, height) = look.size;
    visit.resize(width, height);
    let prefers: Vec<_> =
        look.prefers.iter().chain(CALM).map(|(name, value)| json!({ "name": name, "value": value })).collect();
    visit.cdp("Emulation.setEmulatedMedia", json!({ "features": prefers }));
    if look.whole {
        // Measured without a script, since scripts are disabled on some screens.
        let sizes = visit.cdp("Page.getLayoutMetrics", json!({}));
        let long = sizes["cssContentSize"]["height"].as_f64().expect("a page has a height").ceil() as u32;
        visit.resize(width, height.max(long));
    }
    visit.screenshot(path);
    assert!(path.metadata().is_ok_and(|file| file.len() > 1000), "{} is empty", path.display());
    visit.resize(PHONE.0, PHONE.1);
}

/// Renders each page of the print as a picture.
fn printed(visit: &Visit, base: &Path) {
    let pdf = visit.cdp("Page.printToPDF", json!({ "preferCSSPageSize": true }));
    let pdf = BASE64_STANDARD.decode(pdf["data"].as_str().expect("Chromium prints")).expect("the PDF is base64");
    let file = PathBuf::from(format!("{}.pdf", base.display()));
    fs::write(&file, pdf).expect("the print can be written");
    let mut rendered = Command::new("pdftoppm");
    let rendered = rendered.args(["-png", "-r", "72"]).args([&file, base]).status();
    assert!(rendered.is_ok_and(|status| status.success()), "pdftoppm (Debian's poppler-utils) renders the print");
}

/// Returns the HTML of a page with all pictures below a folder, one row for each screen.
fn index(folder: &Path) -> String {
    let mut page = String::from(
        "<!DOCTYPE html><meta charset=utf-8><title>Gallery</title><style>body{font-family:system-ui;margin:2rem}\
         div{display:flex;gap:1rem;overflow-x:auto;align-items:start;padding-bottom:1rem}figure{margin:0}\
         img{height:28rem;width:auto;border:1px solid #999}figcaption{font-size:.8rem}</style>",
    );
    for locale in entries(folder).iter().filter(|path| path.is_dir()) {
        let _ = write!(page, "<h1>{}</h1>", name(locale));
        let mut last = String::new();
        for file in entries(locale).iter().filter(|path| path.extension().is_some_and(|ending| ending == "png")) {
            let (screen, look) =
                name(file).split_once('.').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap_or_default();
            if screen != last {
                let _ = write!(page, "</div><h2>{screen}</h2><div>");
                last = screen;
            }
            let (path, look) = (format!("{}/{}", name(locale), name(file)), look.trim_end_matches(".png"));
            let _ = write!(page, "<figure><a href={path}><img loading=lazy src={path} alt=''></a><figcaption>{look}");
        }
        page += "</div>";
    }
    page
}

/// Returns the paths in a folder, sorted by name.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the folder exists").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
