//! The response headers. The preview server sends them, and the configuration files for hosts are generated from them.

use crate::content::POLICY;

/// The headers of every response.
pub const HEADERS: [(&str, &str); 6] = [
    ("Content-Security-Policy", POLICY),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("Permissions-Policy", PERMISSIONS),
];

/// Denies every browser feature except writing to the clipboard, to which a parent copies the sheet, and sharing. The
/// list does not name `web-share`: its default allows the page itself, and Chromium logs a warning for the name on
/// systems without sharing.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), captured-surface-control=(), \
    clipboard-read=(), clipboard-write=(self), compute-pressure=(), cross-origin-isolated=(), \
    digital-credentials-get=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), \
    gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), keyboard-map=(), language-detector=(), \
    language-model=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), on-device-speech-recognition=(), \
    otp-credentials=(), payment=(), picture-in-picture=(), private-state-token-issuance=(), \
    private-state-token-redemption=(), publickey-credentials-create=(), publickey-credentials-get=(), \
    screen-wake-lock=(), serial=(), speaker-selection=(), storage-access=(), summarizer=(), sync-xhr=(), \
    translator=(), unload=(), usb=(), window-management=(), xr-spatial-tracking=()";

/// HTTP Strict Transport Security, for two years. Not sent over plain HTTP, where browsers ignore it.
pub const HSTS: (&str, &str) = ("Strict-Transport-Security", "max-age=63072000");

/// The `Cache-Control` of files under `assets/`, whose names change with their bytes.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// The `Cache-Control` of all other files: browsers revalidate each time, and an unchanged file costs a 304 response.
const REVALIDATE: &str = "no-cache";

/// Returns the `Cache-Control` of the file at this path, which begins with `/`.
pub fn cache_control(path: &str) -> &'static str {
    if path.starts_with("/assets/") { IMMUTABLE } else { REVALIDATE }
}

/// Returns the file `_headers`, which Netlify and Cloudflare Pages read from the root of the site.
///
/// Both join the values of all rules that match a path. The rule for `/*` therefore sets no `Cache-Control`: files
/// outside `assets/` keep the hosts' default, which is to revalidate.
pub fn netlify() -> String {
    let headers: String = all().map(|(name, value)| format!("  {name}: {value}\n")).collect();
    format!("/*\n{headers}/assets/*\n  Cache-Control: {IMMUTABLE}\n")
}

/// Returns a snippet for nginx, to be included in a `server` block.
///
/// A `location` with an `add_header` of its own inherits none, so each location repeats them all. The first matching
/// regular expression wins, so `.wasm` precedes `/assets/`. The header `immutable` is sent without `always`, so that a
/// 404 response is not cached for a year.
pub fn nginx() -> String {
    let locations = [
        (r"~ \.wasm$", Some("application/wasm"), IMMUTABLE),
        ("~ /assets/", None, IMMUTABLE),
        (r"~ \.webmanifest$", Some("application/manifest+json"), REVALIDATE),
        ("/", None, REVALIDATE),
    ];
    let mut text = String::from(
        "# Include this in the server block that serves the folder of the site.\n\
         # brotli_static needs the module ngx_brotli; without it, remove that line.\n\
         gzip_static on;\nbrotli_static on;\nabsolute_redirect off;\ncharset utf-8;\n",
    );
    for (location, media_type, cache) in locations {
        text += &format!("\nlocation {location} {{\n");
        if let Some(media_type) = media_type {
            text += &format!("    types {{ }}\n    default_type {media_type};\n");
        }
        for (name, value) in all() {
            text += &format!("    add_header {name} \"{value}\" always;\n");
        }
        let always = if cache == REVALIDATE { " always" } else { "" };
        text += &format!("    add_header Cache-Control \"{cache}\"{always};\n}}\n");
    }
    text
}

/// Returns a snippet for Caddy, to be imported in a site block.
pub fn caddy() -> String {
    let headers: String = all().map(|(name, value)| format!("\t{name} \"{value}\"\n")).collect();
    format!(
        "# Import this in the site block, beside `root * <folder of the site>`.\n\
         file_server {{\n\tprecompressed br gzip\n}}\n\
         header {{\n{headers}}}\n\
         @hashed {{\n\tpath */assets/*\n\tfile\n}}\nheader @hashed Cache-Control \"{IMMUTABLE}\"\n\
         @other not {{\n\tpath */assets/*\n\tfile\n}}\nheader @other Cache-Control \"{REVALIDATE}\"\n\
         @manifest path *.webmanifest\nheader @manifest Content-Type application/manifest+json\n"
    )
}

/// Returns every header of a host that serves over TLS.
fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    HEADERS.into_iter().chain([HSTS])
}
