// Runs on the page for unknown addresses. Some mail programs write the `#` of a link as `%23`, which makes it part of
// the path; this redirects to the intended address. The server has received the fragment by then, and no page can undo
// that (docs/privacy.md).
"use strict";
(() => {
  const { href, pathname, hash } = location;
  if (/%(25)*23/.test(pathname) && !hash) location.replace(href.replace(/%(25)*23/, "#"));
})();
