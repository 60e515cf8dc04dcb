// Where there is no page: an address whose `#` a mail program has written as `%23` leads on to where it was meant to. What it
// says has then been sent to the server, which no page can undo (docs/privacy.md).
"use strict";
(() => {
  const { href, pathname, hash } = location;
  if (/%(25)*23/.test(pathname) && !hash) location.replace(href.replace(/%(25)*23/, "#"));
})();
