//! The Content Security Policy: pages may load and run only files of the site itself.

/// The directives shared by both forms of the policy.
macro_rules! policy {
    () => {
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
         form-action 'none'"
    };
}

/// The policy in the `<meta>` element at the start of each page, for hosts that set no headers.
pub const POLICY_META: &str = policy!();

/// The policy as a response header. `frame-ancestors` works only in a header.
pub const POLICY: &str = concat!(policy!(), "; frame-ancestors 'none'");
