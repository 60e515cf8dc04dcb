//! Every kind of answer, with every header.

use ureq::http::Response;
use ureq::{Agent, Body};

use crate::headers::{HEADERS, TRANSPORT};
use crate::nginx::{DEEP, Nginx};
use crate::{OnHost, built, files};

pub const TRIALS: &[OnHost] = &[
    ("every_answer_carries_every_header_once", headers),
    ("an_unchanged_page_is_answered_in_a_few_bytes", unchanged),
    ("hashed_files_may_be_kept_for_a_year_and_all_else_is_asked_for_again", caching),
    ("compressed_files_are_sent_as_what_they_are", compressed),
    ("a_folder_without_its_slash_leads_into_the_same_site", folders),
];

fn ask(address: &str, headers: &[(&str, &str)]) -> Response<Body> {
    let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).max_redirects_will_error(false);
    let mut request = Agent::new_with_config(config.build()).get(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.call().unwrap_or_else(|error| panic!("{address}: {error}"))
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

fn hashed(ending: &str) -> String {
    files(built()).into_iter().find(|path| path.starts_with("assets/") && path.ends_with(ending)).unwrap()
}

#[track_caller]
fn has_all(response: &Response<Body>, address: &str) {
    for (name, value) in HEADERS.into_iter().chain([TRANSPORT]) {
        let found: Vec<_> = response.headers().get_all(name).iter().collect();
        assert_eq!(found, [value], "{address} ({}): {name}", response.status());
    }
}

fn headers(host: &Nginx) {
    let (wasm, style, script, icon) = (hashed(".wasm"), hashed(".css"), hashed(".js"), hashed(".png"));
    for base in [&host.shallow, &host.deep] {
        for (path, status) in [
            ("", 200),
            ("nl/", 200),
            ("nl/reflect/", 200),
            ("nl/manifest.webmanifest", 200),
            ("sw.js", 200),
            (&*wasm, 200),
            (&*style, 200),
            (&*script, 200),
            (&*icon, 200),
            ("nl", 301),
            ("none", 404),
            ("assets/none.js", 404),
            ("assets/none.wasm", 404),
        ] {
            let address = format!("{base}{path}");
            let response = ask(&address, &[]);
            assert_eq!(response.status(), status, "{address}");
            has_all(&response, &address);
        }
    }
}

fn unchanged(host: &Nginx) {
    for path in ["nl/", "sw.js", &hashed(".wasm")] {
        for encoding in ["br", "gzip", "identity"] {
            let address = format!("{}{path}", host.deep);
            let first = ask(&address, &[("Accept-Encoding", encoding)]);
            let tag = header(&first, "ETag").to_owned();
            assert!(!tag.is_empty(), "{address} would be sent again");
            let again = ask(&address, &[("Accept-Encoding", encoding), ("If-None-Match", &tag)]);
            assert_eq!(again.status(), 304, "{address} in {encoding}");
            has_all(&again, &address);
        }
    }
}

fn caching(host: &Nginx) {
    for base in [&host.shallow, &host.deep] {
        for path in files(built()).iter().filter(|path| !path.ends_with(".br") && !path.ends_with(".gz")) {
            let path = path.strip_suffix("index.html").unwrap_or(path);
            let response = ask(&format!("{base}{path}"), &[]);
            let expected = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
            assert_eq!(header(&response, "Cache-Control"), expected, "{path}");
        }
        let missing = ask(&format!("{base}assets/none-00000000.js"), &[]);
        assert!(!header(&missing, "Cache-Control").contains("max-age"), "that a file is missing is kept for a year");
    }
}

fn compressed(host: &Nginx) {
    let cases = [
        ("nl/reflect/".to_owned(), "text/html; charset=utf-8"),
        (hashed(".wasm"), "application/wasm"),
        (hashed(".css"), "text/css"),
        (hashed(".js"), "application/javascript; charset=utf-8"),
        (hashed(".svg"), "image/svg+xml"),
        ("nl/manifest.webmanifest".to_owned(), "application/manifest+json"),
    ];
    for (path, kind) in cases {
        for encoding in ["br", "gzip", ""] {
            let mut response = ask(&format!("{}{path}", host.deep), &[("Accept-Encoding", encoding)]);
            assert_eq!(header(&response, "Content-Type"), kind, "{path}");
            assert_eq!(header(&response, "Content-Encoding"), encoding, "{path}");
            let file = match (path.ends_with('/'), encoding) {
                (true, _) => format!("{path}index.html"),
                (false, _) => path.clone(),
            };
            let ending = if encoding == "gzip" {
                ".gz"
            } else if encoding == "br" {
                ".br"
            } else {
                ""
            };
            let written = std::fs::read(built().join(file + ending)).unwrap();
            assert!(response.body_mut().read_to_vec().unwrap() == written, "{path} in {encoding} is not as written");
        }
    }
}

fn folders(host: &Nginx) {
    assert_eq!(header(&ask(&format!("{}nl/help", host.shallow), &[]), "Location"), "/nl/help/");
    assert_eq!(header(&ask(&format!("{}nl/help", host.deep), &[]), "Location"), format!("/{DEEP}nl/help/"));
}
