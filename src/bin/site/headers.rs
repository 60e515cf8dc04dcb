//! The one table of response headers: the preview server sends them, and the files for hosts are written from them.

use between_us::content::POLICY;

/// The headers of every response.
pub const HEADERS: [(&str, &str); 6] = [
    ("Content-Security-Policy", POLICY),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("Permissions-Policy", PERMISSIONS),
];

/// Every feature that a browser may know is denied, but the clipboard, to which a parent copies the sheet, and sharing.
/// Sharing is not named: a page may do it by itself, and Chromium complains of the name where its system cannot share.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), captured-surface-control=(), \
    clipboard-read=(), clipboard-write=(self), compute-pressure=(), cross-origin-isolated=(), \
    digital-credentials-get=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), \
    gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), keyboard-map=(), language-detector=(), \
    language-model=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), on-device-speech-recognition=(), \
    otp-credentials=(), payment=(), picture-in-picture=(), private-state-token-issuance=(), \
    private-state-token-redemption=(), publickey-credentials-create=(), publickey-credentials-get=(), \
    screen-wake-lock=(), serial=(), speaker-selection=(), storage-access=(), summarizer=(), sync-xhr=(), \
    translator=(), unload=(), usb=(), window-management=(), xr-spatial-tracking=()";

/// Tells browsers to use TLS only. Never sent on plain HTTP, where it means nothing.
pub const TRANSPORT: (&str, &str) = ("Strict-Transport-Security", "max-age=63072000");

/// How long files under `assets/` may be kept: their names change with their bytes.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// How long all else may be kept: it is asked for again each time, and answered in a few bytes if unchanged.
const REVALIDATE: &str = "no-cache";

/// The `Cache-Control` of the file at this path.
pub fn cache_control(path: &str) -> &'static str {
    if path.starts_with("/assets/") { IMMUTABLE } else { REVALIDATE }
}

/// `_headers`, which Netlify and Cloudflare Pages read from the root of the site.
///
/// Both join the values of rules that match the same path. What is not under `assets/` therefore keeps their own
/// default, which is to revalidate.
pub fn netlify() -> String {
    let headers: String = all().map(|(name, value)| format!("  {name}: {value}\n")).collect();
    format!("/*\n{headers}/assets/*\n  Cache-Control: {IMMUTABLE}\n")
}

/// A snippet for nginx, to be included in a `server` block.
///
/// A `location` with an `add_header` of its own inherits none, so each repeats them all. The first regular expression
/// that matches wins: the wasm stands before the folder in which it lies. What may be kept for a year is said of files that
/// are there only: a missing one is asked for again.
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

/// A snippet for Caddy, to be imported in a site block.
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

/// Every header of a host that ends TLS.
fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    HEADERS.into_iter().chain([TRANSPORT])
}
