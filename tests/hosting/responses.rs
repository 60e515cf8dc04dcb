//! Tests of the responses of nginx: status, headers, caching, compression and redirects.

use ureq::http::Response;
use ureq::{Agent, Body};

use crate::nginx::{Nginx, SUBFOLDER};
use crate::{OnHost, built, files};
use between_us::server::headers::{HEADERS, HSTS};

pub const TRIALS: &[OnHost] = &[
    ("every_response_has_each_header_once", headers),
    ("an_unchanged_file_is_answered_with_status_304", unchanged),
    ("hashed_files_are_immutable_and_all_others_are_revalidated", caching),
    ("compressed_files_are_sent_with_their_type_and_encoding", compressed),
    ("a_folder_without_its_trailing_slash_redirects_within_the_site", folders),
];

/// Sends a request without following redirects.
fn get(address: &str, headers: &[(&str, &str)]) -> Response<Body> {
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

/// Returns the path of the first file under `assets/` with this extension.
fn hashed(extension: &str) -> String {
    files(built()).into_iter().find(|path| path.starts_with("assets/") && path.ends_with(extension)).unwrap()
}

#[track_caller]
fn assert_headers(response: &Response<Body>, address: &str) {
    for (name, value) in HEADERS.into_iter().chain([HSTS]) {
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
            let response = get(&address, &[]);
            assert_eq!(response.status(), status, "{address}");
            assert_headers(&response, &address);
        }
    }
}

fn unchanged(host: &Nginx) {
    for path in ["nl/", "sw.js", &hashed(".wasm")] {
        for encoding in ["br", "gzip", "identity"] {
            let address = format!("{}{path}", host.deep);
            let first = get(&address, &[("Accept-Encoding", encoding)]);
            let tag = header(&first, "ETag").to_owned();
            assert!(!tag.is_empty(), "{address} has no ETag");
            let again = get(&address, &[("Accept-Encoding", encoding), ("If-None-Match", &tag)]);
            assert_eq!(again.status(), 304, "{address} in {encoding}");
            assert_headers(&again, &address);
        }
    }
}

fn caching(host: &Nginx) {
    for base in [&host.shallow, &host.deep] {
        for path in files(built()).iter().filter(|path| !path.ends_with(".br") && !path.ends_with(".gz")) {
            let path = path.strip_suffix("index.html").unwrap_or(path);
            let response = get(&format!("{base}{path}"), &[]);
            let expected = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
            assert_eq!(header(&response, "Cache-Control"), expected, "{path}");
        }
        let missing = get(&format!("{base}assets/none-00000000.js"), &[]);
        assert!(!header(&missing, "Cache-Control").contains("max-age"), "a 404 response is cached");
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
    for (path, media_type) in cases {
        for encoding in ["br", "gzip", ""] {
            let mut response = get(&format!("{}{path}", host.deep), &[("Accept-Encoding", encoding)]);
            assert_eq!(header(&response, "Content-Type"), media_type, "{path}");
            assert_eq!(header(&response, "Content-Encoding"), encoding, "{path}");
            let file = match (path.ends_with('/'), encoding) {
                (true, _) => format!("{path}index.html"),
                (false, _) => path.clone(),
            };
            let extension = if encoding == "gzip" {
                ".gz"
            } else if encoding == "br" {
                ".br"
            } else {
                ""
            };
            let expected = std::fs::read(built().join(file + extension)).unwrap();
            assert!(
                response.body_mut().read_to_vec().unwrap() == expected,
                "{path} in {encoding} differs from the file"
            );
        }
    }
}

fn folders(host: &Nginx) {
    assert_eq!(header(&get(&format!("{}nl/help", host.shallow), &[]), "Location"), "/nl/help/");
    assert_eq!(header(&get(&format!("{}nl/help", host.deep), &[]), "Location"), format!("/{SUBFOLDER}nl/help/"));
}
