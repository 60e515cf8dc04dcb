//! The content security policy: the pages may run their own files and nothing else.

/// What both forms share.
macro_rules! policy {
    () => {
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
         form-action 'none'"
    };
}

/// The policy as it stands first in each page's `<head>`, for hosts that set no headers.
pub const POLICY_META: &str = policy!();

/// The policy as a header, which alone can forbid that other sites frame the page.
pub const POLICY: &str = concat!(policy!(), "; frame-ancestors 'none'");
