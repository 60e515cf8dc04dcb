// Measures the page as it shows, for `access.rs`. Returns what is wrong, a line each.
const wrong = [];
const name = (one) =>
  [one.localName, one.className, one.dataset.action ?? one.name ?? "", (one.innerText ?? "").slice(0, 30)].join(" ").trim();
const shows = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0;
// Below a cover or a dialog nothing can be reached.
const root = [...document.querySelectorAll("dialog[open], [data-cover]")].find(shows) ?? document;
const all = (css) => [...root.querySelectorAll(css)].filter(shows);
const controls = all("a[href], button, input, textarea, select, summary").filter((one) => !one.disabled);
const box = (one) => (one.closest("label") ?? one).getBoundingClientRect();

// What is tapped on the way, and not in a sentence or a row of small ones.
const MAIN =
  "label input, summary, textarea, select, .text-input, .path, .call, .head-link, a.button, [data-action]:not([data-saved] *)";

const beyond = (one) => {
  const { left, right } = one.getBoundingClientRect();
  return Math.max(-left, right - document.documentElement.clientWidth);
};

const measures = {
  // 24 pixels for whatever can be tapped, 44 for what is tapped on the way. A link in a sentence is as high as its line.
  targets() {
    for (const one of controls) {
      const main = one.matches(MAIN);
      if (!main && one.localName === "a" && getComputedStyle(one).display === "inline") continue;
      const { width, height } = box(one);
      const least = main ? 44 : 24;
      if (width < least || height < least) wrong.push(`${name(one)} is ${width} by ${height} pixels`);
    }
  },
  // Neither the page nor anything in it that scrolls is too wide, and nothing stands beyond an edge: where the page itself
  // does not scroll, as below a cover, and before its first edge, nobody would get there.
  sideways() {
    for (const one of [document.documentElement, ...all("*")]) {
      const goesOn = one === document.documentElement || /auto|scroll/.test(getComputedStyle(one).overflowX);
      if (goesOn && one.scrollWidth > one.clientWidth + 1) wrong.push(`${name(one)} scrolls sideways`);
    }
    const widest = all("body *").reduce((one, other) => (beyond(other) <= beyond(one) ? one : other));
    if (beyond(widest) > 1) wrong.push(`${name(widest)} is ${beyond(widest)} pixels beyond the edge`);
  },
  // With more room between letters, words and lines (WCAG 1.4.12) nothing is cut off.
  spacing() {
    const roomy = new CSSStyleSheet();
    roomy.replaceSync(
      "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }" +
        "p { margin-block-end: 2em !important }",
    );
    document.adoptedStyleSheets = [roomy];
    measures.sideways();
    measures.whole();
    document.adoptedStyleSheets = [];
  },
  // No words are cut off.
  whole() {
    for (const one of all("a, button, label, summary, legend, p, li, h1, h2, h3")) {
      if (getComputedStyle(one).display === "inline") continue;
      const cut = one.scrollWidth > one.clientWidth + 1;
      if (cut && !one.closest(".visually-hidden")) wrong.push(`${name(one)} is cut off`);
    }
  },
  // Whatever gets the focus is in sight, and nothing lies over it.
  focus() {
    const before = document.activeElement;
    for (const one of controls) {
      document.activeElement.blur();
      one.focus();
      if (document.activeElement !== one) continue;
      if (one.getBoundingClientRect().height > innerHeight / 3) continue;
      // A link that runs over the end of a line lies in more than one box.
      const boxes = [...one.getClientRects()];
      const [first, last] = [boxes[0], boxes.at(-1)];
      // Tall letters reach into the lines beside theirs.
      const edge = getComputedStyle(one).display === "inline" ? first.height / 2 : parseFloat(getComputedStyle(one).fontSize) / 4;
      // Of a field a browser shows the line where one types.
      const end = one.localName === "textarea" ? Math.min(first.top + 36, last.bottom - 1) : last.bottom - edge;
      for (const [{ left, right }, y] of [[first, first.top + edge], [last, end]]) {
        const hit = document.elementFromPoint((left + right) / 2, y);
        if (!hit || !(hit.contains(one) || one.contains(hit) || hit.closest("label")?.contains(one))) {
          wrong.push(`${name(one)} has the focus below ${hit ? name(hit) : "the edge"}`);
          break;
        }
      }
    }
    before?.focus({ preventScroll: true });
    scrollTo(0, 0);
  },
  // Whatever gets the focus by the keyboard has a ring: on itself, around the box that it draws, or on what holds it.
  ring() {
    const before = document.activeElement;
    const isRing = ({ content, outlineStyle, outlineWidth }) =>
      content !== "none" && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    for (const one of controls) {
      one.focus({ preventScroll: true });
      const around = [one, one.closest("label")].filter(Boolean).map((it) => getComputedStyle(it));
      if (document.activeElement === one && ![...around, getComputedStyle(one, "::after")].some(isRing)) {
        wrong.push(`${name(one)} has the focus without a ring`);
      }
    }
    before?.focus({ preventScroll: true });
  },
  // Tab goes the way one reads: downwards, and a column at a time.
  order() {
    // At the table one half is turned round.
    if (document.querySelector("[data-table]")) return;
    // What sticks to an edge is measured where it stands in the page.
    const sticky = [...document.querySelectorAll("body *")].filter((one) => getComputedStyle(one).position === "sticky");
    for (const one of sticky) one.style.position = "static";
    let last = -1;
    let lastBox = null;
    for (const one of controls) {
      if (one.tabIndex < 0 || one.closest(".skip")) continue;
      const rect = box(one);
      // A layer over the page scrolls by itself.
      const y = rect.top + scrollY + (root.scrollTop ?? 0);
      const beside = lastBox && (rect.left >= lastBox.right || rect.right <= lastBox.left);
      if (y + rect.height < last && !beside) wrong.push(`${name(one)} comes after what is below it`);
      last = y;
      lastBox = rect;
    }
    for (const one of sticky) one.style.position = "";
  },
  // No browser enlarges the page for a field, checks or completes what is typed, sends it to be corrected, translates it, or
  // fills it in anew; HTML knows `autocomplete` for a form, and not for a box to tick.
  fields() {
    const says = (one, what) => one.closest(`[${what}]`)?.getAttribute(what);
    for (const one of all("input, textarea, select")) {
      const isTicked = ["checkbox", "radio"].includes(one.type);
      if (isTicked && one.hasAttribute("autocomplete")) wrong.push(`${name(one)} has autocomplete of its own`);
      if (one.readOnly || one.type === "file") continue;
      if (one.form?.getAttribute("autocomplete") !== "off") wrong.push(`${name(one)} may be filled in anew`);
      if (isTicked) continue;
      const size = parseFloat(getComputedStyle(one).fontSize);
      if (size < 16) wrong.push(`${name(one)} has letters of ${size} pixels`);
      if (one.localName === "select") continue;
      for (const [what, value] of [["spellcheck", "false"], ["writingsuggestions", "false"], ["translate", "no"]]) {
        if (says(one, what) !== value) wrong.push(`${name(one)} has no ${what}=${value}`);
      }
      if (["text", "textarea"].includes(one.type) && one.dir !== "auto") wrong.push(`${name(one)} has a fixed direction`);
    }
    for (const one of all("main [dir=auto]:not([lang])")) {
      if (says(one, "translate") !== "no") wrong.push(`${name(one)} would be translated`);
    }
  },
  classes() {
    const used = [...document.querySelectorAll("[class]")].flatMap((one) => [...one.classList]);
    const styled = new Set();
    const read = (rules) => {
      for (const rule of rules) {
        for (const [, found] of (rule.selectorText ?? "").matchAll(/\.(-?[a-z][\w-]*)/gi)) styled.add(found);
        if (rule.cssRules) read(rule.cssRules);
      }
    };
    // The page for addresses that are none asks for its style in several places: what did not come there has no rules.
    const came = (sheet) => {
      try {
        return sheet.cssRules;
      } catch {
        return [];
      }
    };
    for (const sheet of document.styleSheets) read(came(sheet));
    for (const one of new Set(used)) if (!styled.has(one)) wrong.push(`no rule speaks of the class ${one}`);
  },
};
for (const measure of arguments[0]) measures[measure]();
return wrong;
