//! Measurements for `docs/privacy.md`: the typed text that a killed tab or browser loses, and the traces of erased text
//! in the browser's files. They take minutes, so each runs only when it is named, such as
//! `KILLS=30 cargo test --test journeys killed_browser -- --nocapture`.

use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::json;
use thirtyfour::Capabilities;
use thirtyfour::prelude::*;

use crate::support::{Engine, Journey, RUNTIME, Stage, until};

const CHROMIUM_ONLY: &[(Engine, &str)] =
    &[(Engine::Firefox, "measured in Chromium"), (Engine::WebKit, "measured in Chromium")];

pub const JOURNEYS: &[Journey] = &[
    Journey::new("killed_browser", killed_browser).only_by_name().not_in(CHROMIUM_ONLY),
    Journey::new("crashed_tab", crashed_tab).only_by_name().not_in(CHROMIUM_ONLY),
    Journey::new("erased_on_disk", erased_on_disk).only_by_name().not_in(CHROMIUM_ONLY),
];

const TEXT: &str = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";

/// Starts a browser of its own, with a profile that outlives it. Its driver is returned first, and ends the browser on
/// drop.
fn start_own(profile: &Path) -> (impl Sized + use<>, WebDriver) {
    let driver = Engine::Chromium.start_driver(profile);
    let host = driver.address.trim_start_matches("http://");
    until("the driver answers", || TcpStream::connect(host).ok());
    // The proxy address is unused, so no request leaves this machine.
    let capabilities = Engine::Chromium.capabilities(profile, "127.0.0.1:9");
    let capabilities = Capabilities::from(capabilities.as_object().expect("an object").clone());
    let web = run(WebDriver::new(driver.address.clone(), capabilities));
    (driver, web)
}

/// Runs a command of the driver.
fn run<T>(command: impl Future<Output = WebDriverResult<T>>) -> T {
    RUNTIME.block_on(command).expect("the command succeeds")
}

async fn press(web: &WebDriver, css: &str) -> WebDriverResult<()> {
    web.query(By::Css(css)).first().await?.click().await
}

/// Starts the app with storage on the device, up to the first question after that.
async fn begin(web: &WebDriver, stage: &Stage) -> WebDriverResult<WebElement> {
    web.goto(stage.site.url(&format!("{}/", stage.locale))).await?;
    press(web, "[data-action=begin]").await?;
    press(web, "[data-app][data-state=ready] [data-action=skip]").await?;
    press(web, "[data-app] label:has(input[name=keep][value=device])").await?;
    press(web, "[data-step=keep] [data-action=continue]").await?;
    press(web, "[data-step=pace] [data-action=continue]").await?;
    web.query(By::Css("[data-app] textarea")).first().await
}

/// Returns the longest stored free text, read in a page of this origin.
async fn stored_text(web: &WebDriver, stage: &Stage) -> WebDriverResult<String> {
    web.goto(stage.site.url(&format!("{}/help/", stage.locale))).await?;
    let read = "return Object.entries(localStorage).map(([key, value]) => JSON.parse(value).words ?? '')
        .reduce((one, other) => one.length > other.length ? one : other, '')";
    web.execute(read, Vec::new()).await?.convert()
}

/// Kills every process of the browser with this profile.
fn kill(profile: &Path) {
    let marker = format!("--user-data-dir={}", profile.display());
    let ours = |process: &Path| {
        fs::read(process.join("cmdline")).is_ok_and(|line| String::from_utf8_lossy(&line).contains(&marker))
    };
    for process in fs::read_dir("/proc").expect("processes are listed").flatten().map(|entry| entry.path()) {
        if ours(&process) {
            let id = process.file_name().expect("the process has an id").to_owned();
            let _ = Command::new("kill").arg("-KILL").arg(id).status();
        }
    }
}

/// Types a letter each quarter of a second, kills the browser at a different moment in each run, and compares the
/// stored text.
fn killed_browser(stage: &Stage) {
    let runs = std::env::var("KILLS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(30_u64);
    let mut lost = Vec::new();
    for at in 0..runs {
        let profile = tempfile::tempdir().expect("a folder can be made");
        let (driver, web) = start_own(profile.path());
        let field = run(begin(&web, stage));
        let until = Duration::from_millis(1000 + at * 397 % 12_000);
        let start = Instant::now();
        let mut typed = Vec::new();
        while start.elapsed() < until && typed.len() < TEXT.len() {
            run(field.send_keys(&TEXT[typed.len()..=typed.len()]));
            typed.push(Instant::now());
            sleep(Duration::from_millis(250));
        }
        let killed = Instant::now();
        kill(profile.path());
        drop((web, driver));
        let (driver, web) = start_own(profile.path());
        let found = run(stored_text(&web, stage));
        assert!(TEXT.starts_with(&found), "the stored text is not a prefix of the typed text: {found}");
        let _ = RUNTIME.block_on(web.quit());
        drop(driver);
        let seconds = typed.get(found.len()).map_or(0.0, |first| (killed - *first).as_secs_f64());
        println!("run {at}: typed {} letters, {} lost, {seconds:.1} s", typed.len(), typed.len() - found.len());
        lost.push(seconds);
    }
    lost.sort_by(f64::total_cmp);
    let none = lost.iter().filter(|seconds| **seconds == 0.0).count();
    println!(
        "{runs} runs: nothing lost in {none}; median {:.1} s, most {:.1} s",
        lost[lost.len() / 2],
        lost[lost.len() - 1]
    );
}

/// Crashes the tab after each letter. The browser process owns the storage, so nothing may be lost.
fn crashed_tab(stage: &Stage) {
    let profile = tempfile::tempdir().expect("a folder can be made");
    let (driver, web) = start_own(profile.path());
    run(begin(&web, stage));
    for at in 0..12 {
        run(async {
            let tab = web.new_tab().await?;
            web.switch_to_window(tab).await?;
            web.goto(stage.site.url(&format!("{}/reflect/", stage.locale))).await?;
            let field = web.query(By::Css("[data-app][data-state=ready] textarea")).first().await?;
            field.send_keys(&TEXT[at..=at]).await
        });
        // The command itself fails, because its tab is gone.
        let _ = RUNTIME.block_on(web.cdp().send_raw("Page.crash", json!({})));
        let found = run(async {
            let windows = web.windows().await?;
            web.switch_to_window(windows[0].clone()).await?;
            stored_text(&web, stage).await
        });
        assert_eq!(found, TEXT[..=at], "the tab crashed after letter {at}");
    }
    println!("crashed after each of 12 letters: nothing lost");
    kill(profile.path());
    drop((web, driver));
}

/// Searches the files of the browser for erased text.
fn erased_on_disk(stage: &Stage) {
    const CANARY: &str = "kanarievogel";
    let profile = tempfile::tempdir().expect("a folder can be made");
    let files_with_text = |when: &str| {
        let contains = |path: &Path| {
            let bytes = fs::read(path).unwrap_or_default();
            // Chromium stores Latin letters in one or two bytes each.
            let wide: Vec<u8> = CANARY.bytes().flat_map(|byte| [byte, 0]).collect();
            [CANARY.as_bytes(), &wide].iter().any(|form| bytes.windows(form.len()).any(|part| part == *form))
        };
        let files =
            walkdir::WalkDir::new(profile.path()).into_iter().flatten().filter(|entry| entry.file_type().is_file());
        let names: Vec<_> = files
            .filter(|entry| contains(entry.path()))
            .map(|entry| {
                entry.path().strip_prefix(profile.path()).expect("the file is inside the profile").display().to_string()
            })
            .collect();
        println!("{when}: {names:?}");
        names
    };
    let (driver, web) = start_own(profile.path());
    let field = run(begin(&web, stage));
    run(field.send_keys(CANARY));
    sleep(Duration::from_secs(12));
    assert!(!files_with_text("stored").is_empty(), "the stored text is not on the disk");
    run(async {
        web.goto(stage.site.url(&format!("{}/privacy/", stage.locale))).await?;
        press(&web, "main [data-action=erase]").await?;
        press(&web, "[data-action=erase-yes]").await
    });
    sleep(Duration::from_secs(12));
    files_with_text("erased");
    run(web.quit());
    drop(driver);
    files_with_text("erased, browser closed");
    let (driver, web) = start_own(profile.path());
    assert!(run(stored_text(&web, stage)).is_empty());
    sleep(Duration::from_secs(12));
    run(web.quit());
    drop(driver);
    files_with_text("erased, browser opened and closed once more");
}
