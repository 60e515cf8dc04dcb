//! Measures one page once, in a new window with an empty cache.

use std::thread::sleep;
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use crate::pages::Page;
use crate::support::browser::Browser;
use crate::support::{Window, until};

/// The processor and the network that a page is measured with.
pub struct Condition {
    pub name: &'static str,
    /// The factor by which the processor is slowed down.
    cpu: u32,
    /// The round-trip time in milliseconds and the bandwidth in bytes per second, if the network is throttled.
    network: Option<(u32, u32)>,
}

impl Condition {
    /// Returns whether the network is throttled. Reflections stored on the device make no difference to it.
    pub fn is_slow_network(&self) -> bool {
        self.network.is_some()
    }
}

pub const CONDITIONS: [Condition; 3] = [
    Condition { name: "CPU 1×", cpu: 1, network: None },
    Condition { name: "CPU 4× slower", cpu: 4, network: None },
    Condition { name: "CPU 4× slower, slow 4G (150 ms, 1.6 Mbit/s)", cpu: 4, network: Some((150, 200_000)) },
];

/// The number of answers given in each run.
const ANSWERS: usize = 20;

/// The results of one measurement, with times in milliseconds and sizes in bytes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sample {
    pub bytes: f64,
    pub requests: f64,
    /// The first contentful paint.
    pub paint: f64,
    /// The first control that accepts an answer.
    pub usable: f64,
    /// The total blocking time: the sum over all long tasks of their time beyond 50 ms.
    pub blocked: f64,
    /// The JavaScript heap after a garbage collection, and the memory of WebAssembly.
    pub heap: f64,
    /// For each answer, the time from the `pointerup` event until after the next frame.
    pub answers: Vec<f64>,
    /// The path and the transfer size of each file that the page fetched.
    pub files: Vec<(String, f64)>,
}

/// The script that records the measures. It runs before all other scripts of the page.
const RECORDER: &str = r#"
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

/// The script that returns the recorded measures.
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

/// Opens a page, waits until it is usable and for one second more, gives answers, and closes it.
pub fn measure(browser: &Browser, page: &Page, condition: &Condition) -> Sample {
    let site = page.serve();
    let window = Window::open(browser);
    if !page.stored.is_empty() {
        window.goto(&site.url("nothing-here"));
        window.js::<()>("Object.assign(localStorage, arguments[0])", &[json!(page.stored)]);
    }
    site.inject_script(&RECORDER.replace("USABLE", page.usable));
    window.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": condition.cpu }));
    if let Some((latency, bytes)) = condition.network {
        window.cdp("Network.enable", json!({}));
        let network =
            json!({ "offline": false, "latency": latency, "downloadThroughput": bytes, "uploadThroughput": bytes });
        window.cdp("Network.emulateNetworkConditions", network);
    }
    window.goto(&site.url(&page.path));
    until(&format!("{} is usable", page.name), || window.js::<Option<f64>>("return measured.usable", &[]));
    sleep(Duration::from_secs(1));
    let mut loaded: Sample = window.js(READ, &[]);
    for (path, bytes) in &loaded.files {
        assert_eq!(Some(*bytes), page.transfer_size(path), "the transfer size of {path} differs from that of its file");
    }
    // The document was sent with the recorder in it, so its own file is counted instead.
    loaded.bytes += page.bytes();
    if condition.network.is_none() {
        give_answers(&window, page);
    }
    window.cdp("HeapProfiler.collectGarbage", json!({}));
    let heap = window.cdp("Runtime.getHeapUsage", json!({}))["usedSize"]
        .as_f64()
        .expect("Chromium returns the size of the heap");
    let answered: Sample = window.js(READ, &[]);
    window.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 1 }));
    window.close();
    Sample { heap: heap + answered.heap, answers: answered.answers, ..loaded }
}

/// Clicks the options of the first question in turn, selecting and deselecting them, with mouse events from Chromium.
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
        until("the answer is recorded", || {
            window.js::<bool>("return measured.answers.length > arguments[0]", &[at.into()]).then_some(())
        });
    }
}
