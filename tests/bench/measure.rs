//! Measuring one page once, in a window of its own, from an empty cache.

use std::thread::sleep;
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use crate::pages::Page;
use crate::support::browser::Browser;
use crate::support::{Window, until};

/// What a page is measured under.
pub struct Condition {
    pub name: &'static str,
    /// How many times slower the processor is.
    cpu: u32,
    /// Round trip in milliseconds, and bytes a second; none for this machine's own.
    line: Option<(u32, u32)>,
}

impl Condition {
    /// Whether it is about the line: what is kept on the device makes no difference to it.
    pub fn is_slow_line(&self) -> bool {
        self.line.is_some()
    }
}

pub const CONDITIONS: [Condition; 3] = [
    Condition { name: "CPU 1×", cpu: 1, line: None },
    Condition { name: "CPU 4× slower", cpu: 4, line: None },
    Condition { name: "CPU 4× slower, slow 4G (150 ms, 1.6 Mbit/s)", cpu: 4, line: Some((150, 200_000)) },
];

/// How many answers are given in each run.
const ANSWERS: usize = 20;

/// What was measured once. Times in milliseconds, sizes in bytes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sample {
    pub bytes: f64,
    pub requests: f64,
    /// The first text or picture.
    pub paint: f64,
    /// The first control that takes an answer.
    pub usable: f64,
    /// What each task longer than 50 ms took beyond these, added up.
    pub blocked: f64,
    /// What JavaScript holds after a collection, and the memory of WebAssembly.
    pub heap: f64,
    /// From the person's release of the button to after the next frame.
    pub answers: Vec<f64>,
    /// The files that the page fetched: path, and bytes on the wire.
    pub files: Vec<(String, f64)>,
}

/// Runs before everything else in each page.
const WATCH: &str = r#"
(() => {
    const measured = { usable: null, blocked: 0, answers: [], memories: [] };
    Object.defineProperty(globalThis, "measured", { value: measured });
    const look = () => {
        const control = document.querySelector("USABLE");
        if (!control || control.disabled || !control.checkVisibility()) return;
        measured.usable ??= performance.now();
        observer.disconnect();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true });
    addEventListener("DOMContentLoaded", look);
    const long = (list) => list.getEntries().forEach((task) => measured.blocked += task.duration - 50);
    new PerformanceObserver(long).observe({ type: "longtask", buffered: true });
    for (const name of ["instantiate", "instantiateStreaming"]) {
        const real = WebAssembly[name];
        WebAssembly[name] = async (...given) => {
            const made = await real.apply(WebAssembly, given);
            const memory = Object.values((made.instance ?? made).exports).find((one) => one instanceof WebAssembly.Memory);
            if (memory) measured.memories.push(memory);
            return made;
        };
    }
    addEventListener("pointerup", (event) => {
        requestAnimationFrame(() => {
            const after = new MessageChannel();
            after.port1.onmessage = () => measured.answers.push(performance.now() - event.timeStamp);
            after.port2.postMessage(null);
        });
    }, true);
})();
"#;

const READ: &str = "
    const entries = performance.getEntriesByType('resource')
        .filter((entry) => !entry.name.includes('first-script') && !entry.name.startsWith('data:'));
    return {
        bytes: entries.reduce((sum, entry) => sum + entry.encodedBodySize, 0),
        requests: entries.length + 1,
        paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
        usable: measured.usable,
        blocked: measured.blocked,
        heap: measured.memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
        answers: measured.answers,
        files: entries.map((entry) => [decodeURI(new URL(entry.name).pathname).slice(1), entry.encodedBodySize]),
    }";

/// Opens a page, waits until it is usable and quiet, gives some answers, and closes it.
pub fn measure(browser: &Browser, page: &Page, condition: &Condition) -> Sample {
    let site = page.serve();
    let window = Window::open(browser);
    if !page.kept.is_empty() {
        window.goto(&site.url("nothing-here"));
        window.js::<()>("Object.assign(localStorage, arguments[0])", &[json!(page.kept)]);
    }
    site.inject_script(&WATCH.replace("USABLE", page.usable));
    window.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": condition.cpu }));
    if let Some((latency, bytes)) = condition.line {
        window.cdp("Network.enable", json!({}));
        let line =
            json!({ "offline": false, "latency": latency, "downloadThroughput": bytes, "uploadThroughput": bytes });
        window.cdp("Network.emulateNetworkConditions", line);
    }
    window.goto(&site.url(&page.path));
    until(&format!("{} can be used", page.name), || window.js::<Option<f64>>("return measured.usable", &[]));
    sleep(Duration::from_secs(1));
    let mut loaded: Sample = window.js(READ, &[]);
    for (path, bytes) in &loaded.files {
        assert_eq!(Some(*bytes), page.weight(path), "{path} crossed the wire as it lies in the folder");
    }
    // The page itself went out with our own script in it: what counts is the file as it is served.
    loaded.bytes += page.bytes();
    if condition.line.is_none() {
        give_answers(&window, page);
    }
    window.cdp("HeapProfiler.collectGarbage", json!({}));
    let heap = window.cdp("Runtime.getHeapUsage", json!({}))["usedSize"].as_f64().expect("a size");
    let answered: Sample = window.js(READ, &[]);
    window.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 1 }));
    window.close();
    Sample { heap: heap + answered.heap, answers: answered.answers, ..loaded }
}

/// Chooses the options of the first question one after the other, and takes them back, with a real mouse.
fn give_answers(window: &Window, page: &Page) {
    let place = "const options = [...document.querySelectorAll(arguments[0])].filter((one) => one.checkVisibility());
        const option = options[arguments[1] % Math.min(options.length, 5)];
        const shown = option.labels[0] ?? option;
        shown.scrollIntoView({ block: 'center', behavior: 'instant' });
        const { x, y, width, height } = shown.getBoundingClientRect();
        return [x + Math.min(width, 40) / 2, y + height / 2]";
    for at in 0..ANSWERS {
        let [x, y]: [f64; 2] = window.js(place, &[page.options.into(), at.into()]);
        for kind in ["mousePressed", "mouseReleased"] {
            let mouse = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
            window.cdp("Input.dispatchMouseEvent", mouse);
        }
        until("the answer shows", || {
            window.js::<bool>("return measured.answers.length > arguments[0]", &[at.into()]).then_some(())
        });
    }
}
