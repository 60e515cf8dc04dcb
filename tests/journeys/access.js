// Checks the layout, focus and form fields of the page, for `access.rs`. Runs the checks named in the first argument,
// and returns a line for each problem.
const problems = [];
const describe = (element) =>
  [
    element.localName,
    element.className,
    element.dataset.action ?? element.name ?? "",
    (element.innerText ?? "").slice(0, 30),
  ].join(" ").trim();
const isVisible = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
// Nothing below a cover or a dialog can be reached.
const root = [...document.querySelectorAll("dialog[open], [data-cover]")].find(isVisible) ?? document;
const all = (selector) => [...root.querySelectorAll(selector)].filter(isVisible);
const controls = all("a[href], button, input, textarea, select, summary").filter((control) => !control.disabled);
// The box of a control, or of its label, which can be tapped as well.
const tapBox = (control) => (control.closest("label") ?? control).getBoundingClientRect();

// The main controls of a screen, without links in a sentence and rows of small tools.
const MAIN =
  "label input, summary, textarea, select, .text-input, .path, .call, .head-link, a.button, [data-action]:not([data-saved] *)";

// Returns by how many pixels an element extends beyond the left or right edge of the page.
const overhang = (element) => {
  const { left, right } = element.getBoundingClientRect();
  return Math.max(-left, right - document.documentElement.clientWidth);
};

const checks = {
  // Controls are at least 24 pixels wide and high, main controls 44. Links in a sentence are as high as their line.
  targets() {
    for (const control of controls) {
      const isMain = control.matches(MAIN);
      if (!isMain && control.localName === "a" && getComputedStyle(control).display === "inline") continue;
      const { width, height } = tapBox(control);
      const least = isMain ? 44 : 24;
      if (width < least || height < least) problems.push(`${describe(control)} is ${width} by ${height} pixels`);
    }
  },
  // Neither the page nor a scroll container in it scrolls sideways, and no element extends beyond an edge: a page that
  // does not scroll, as below a cover, cannot reveal it, and no page scrolls past its start.
  sideways() {
    for (const element of [document.documentElement, ...all("*")]) {
      const scrolls = element === document.documentElement || /auto|scroll/.test(getComputedStyle(element).overflowX);
      if (scrolls && element.scrollWidth > element.clientWidth + 1) problems.push(`${describe(element)} scrolls sideways`);
    }
    const widest = all("body *").reduce((a, b) => (overhang(b) <= overhang(a) ? a : b));
    if (overhang(widest) > 1) problems.push(`${describe(widest)} is ${overhang(widest)} pixels beyond the edge`);
  },
  // Nothing is cut off with more space between letters, words and lines (WCAG 1.4.12).
  spacing() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }" +
        "p { margin-block-end: 2em !important }",
    );
    document.adoptedStyleSheets = [sheet];
    checks.sideways();
    checks.whole();
    document.adoptedStyleSheets = [];
  },
  // No text is cut off.
  whole() {
    for (const element of all("a, button, label, summary, legend, p, li, h1, h2, h3")) {
      if (getComputedStyle(element).display === "inline") continue;
      const isCut = element.scrollWidth > element.clientWidth + 1;
      if (isCut && !element.closest(".visually-hidden")) problems.push(`${describe(element)} is cut off`);
    }
  },
  // A focused control is in the window, and nothing covers it (WCAG 2.4.11).
  focus() {
    const before = document.activeElement;
    for (const control of controls) {
      document.activeElement.blur();
      control.focus();
      if (document.activeElement !== control) continue;
      if (control.getBoundingClientRect().height > innerHeight / 3) continue;
      // A link that wraps has one box for each line.
      const boxes = [...control.getClientRects()];
      const [first, last] = [boxes[0], boxes.at(-1)];
      // Tall letters overlap the lines above and below.
      const edge =
        getComputedStyle(control).display === "inline"
          ? first.height / 2
          : parseFloat(getComputedStyle(control).fontSize) / 4;
      // Browsers scroll a text field only until the line of the caret is visible.
      const end = control.localName === "textarea" ? Math.min(first.top + 36, last.bottom - 1) : last.bottom - edge;
      for (const [{ left, right }, y] of [[first, first.top + edge], [last, end]]) {
        const hit = document.elementFromPoint((left + right) / 2, y);
        if (!hit || !(hit.contains(control) || control.contains(hit) || hit.closest("label")?.contains(control))) {
          problems.push(`${describe(control)} has the focus below ${hit ? describe(hit) : "the edge"}`);
          break;
        }
      }
    }
    before?.focus({ preventScroll: true });
    scrollTo(0, 0);
  },
  // A control that is focused with the keyboard has a ring: its own, that of its `::after` box, or that of its label.
  ring() {
    const before = document.activeElement;
    const isRing = ({ content, outlineStyle, outlineWidth }) =>
      content !== "none" && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    for (const control of controls) {
      control.focus({ preventScroll: true });
      const around = [control, control.closest("label")].filter(Boolean).map((element) => getComputedStyle(element));
      if (document.activeElement === control && ![...around, getComputedStyle(control, "::after")].some(isRing)) {
        problems.push(`${describe(control)} has the focus without a ring`);
      }
    }
    before?.focus({ preventScroll: true });
  },
  // The tab order is the reading order: downwards, one column at a time.
  order() {
    // At the table one half is rotated.
    if (document.querySelector("[data-table]")) return;
    // Sticky elements are measured at their place in the page.
    const sticky = [...document.querySelectorAll("body *")].filter((element) => getComputedStyle(element).position === "sticky");
    for (const element of sticky) element.style.position = "static";
    let last = -1;
    let lastBox = null;
    for (const control of controls) {
      if (control.tabIndex < 0 || control.closest(".skip")) continue;
      const rect = tapBox(control);
      // A layer over the page has its own scroll position.
      const y = rect.top + scrollY + (root.scrollTop ?? 0);
      const isBeside = lastBox && (rect.left >= lastBox.right || rect.right <= lastBox.left);
      if (y + rect.height < last && !isBeside) problems.push(`${describe(control)} comes after what is below it`);
      last = y;
      lastBox = rect;
    }
    for (const element of sticky) element.style.position = "";
  },
  // Browsers neither zoom into a text field (letters of at least 16 pixels) nor check the spelling of its text,
  // suggest, translate or restore it. HTML allows `autocomplete` on a form, but not on a checkbox or radio button.
  fields() {
    const inherited = (element, name) => element.closest(`[${name}]`)?.getAttribute(name);
    for (const field of all("input, textarea, select")) {
      const isCheckable = ["checkbox", "radio"].includes(field.type);
      if (isCheckable && field.hasAttribute("autocomplete")) problems.push(`${describe(field)} has its own autocomplete`);
      if (field.readOnly || field.type === "file") continue;
      if (field.form?.getAttribute("autocomplete") !== "off") problems.push(`${describe(field)} may be filled in again`);
      if (isCheckable) continue;
      const size = parseFloat(getComputedStyle(field).fontSize);
      if (size < 16) problems.push(`${describe(field)} has letters of ${size} pixels`);
      if (field.localName === "select") continue;
      for (const [name, value] of [["spellcheck", "false"], ["writingsuggestions", "false"], ["translate", "no"]]) {
        if (inherited(field, name) !== value) problems.push(`${describe(field)} has no ${name}=${value}`);
      }
      if (["text", "textarea"].includes(field.type) && field.dir !== "auto") {
        problems.push(`${describe(field)} has a fixed direction`);
      }
    }
    for (const element of all("main [dir=auto]:not([lang])")) {
      if (inherited(element, "translate") !== "no") problems.push(`${describe(element)} would be translated`);
    }
  },
  // Every class in the document has a style rule.
  classes() {
    const used = [...document.querySelectorAll("[class]")].flatMap((element) => [...element.classList]);
    const styled = new Set();
    const read = (rules) => {
      for (const rule of rules) {
        for (const [, found] of (rule.selectorText ?? "").matchAll(/\.(-?[a-z][\w-]*)/gi)) styled.add(found);
        if (rule.cssRules) read(rule.cssRules);
      }
    };
    // The page for unknown addresses looks for its style sheet in several folders; those that failed to load have no
    // rules.
    const rulesOf = (sheet) => {
      try {
        return sheet.cssRules;
      } catch {
        return [];
      }
    };
    for (const sheet of document.styleSheets) read(rulesOf(sheet));
    for (const name of new Set(used)) if (!styled.has(name)) problems.push(`the class ${name} has no style rule`);
  },
};
for (const name of arguments[0]) checks[name]();
return problems;
