/* What only the reader's browser can know: local time, how late something is today, the clipboard. */
(() => {
  "use strict";

  const DAY = 86_400_000;

  const many = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

  /* Times are written in UTC; the tooltip says when that was here. */
  function addLocalTimes(root) {
    const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });
    for (const time of root.querySelectorAll("time[datetime*='T']")) {
      const instant = new Date(time.dateTime);
      if (!Number.isNaN(instant.getTime())) time.title = `${format.format(instant)}, your time`;
    }
  }

  /* Beyond three months the day itself says more than a number of days. */
  const FAR = 90;

  function ageText(days) {
    if (days < 0) return `${many(-days, "day")} overdue`;
    return days === 0 ? "due today" : `due in ${many(days, "day")}`;
  }

  /* Pages are built once and read for years, so lateness is counted from the reader's today. */
  function addAges(root) {
    const now = new Date();
    const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    for (const element of root.querySelectorAll("[data-rp-due]")) {
      const days = Math.round((Date.parse(element.dataset.rpDue) - today) / DAY);
      if (Number.isNaN(days) || days > FAR) continue;
      const note = document.createElement("span");
      note.className = "rp-age__note";
      note.textContent = ageText(days);
      element.append(" ", note);
      element.classList.toggle("rp-age--overdue", days < 0);
      element.classList.toggle("rp-age--soon", days >= 0 && days <= 7);
    }
  }

  /* The commands of a block, one a line; a line that goes on, or belongs to one before it, keeps them together. */
  function commandsOf(text) {
    const lines = text.trim().split("\n");
    const apart = lines.every((line) => /^\S/.test(line) && !/<<|(?:\\|\||&&|[({;]|\b(?:do|then|else))\s*$|^(?:[)}|]|&&|done|fi|else|#)/.test(line));
    return apart ? lines : [text];
  }

  function giveEachCommandABox(root) {
    for (const pre of root.querySelectorAll(".rp-record--steps pre")) {
      const commands = commandsOf(pre.querySelector("code")?.textContent ?? "");
      const boxes = commands.map((command) => {
        const box = pre.cloneNode(true);
        const code = box.querySelector("code");
        if (code) code.textContent = command.trimEnd();
        box.classList.toggle("rp-one", !command.trim().includes("\n"));
        return box;
      });
      pre.replaceWith(...boxes);
    }
  }

  function addCopyButtons(root) {
    for (const pre of root.querySelectorAll(".rp-record--steps pre")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "rp-copy";
      button.dataset.rpCopy = "";
      button.setAttribute("aria-label", "Copy command");
      pre.append(button);
    }
  }

  /* Code that is wider than its box scrolls in it, by keyboard too. */
  function makeCodeReachable(root) {
    for (const code of root.querySelectorAll("pre > code")) {
      if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
    }
  }

  /* Writes to the clipboard; pages opened from disk have no clipboard API and select a field instead. */
  async function writeClipboard(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  async function copy(button) {
    const text = button.dataset.rpCopy || button.parentElement.querySelector("code")?.textContent.trim();
    if (!text) return;
    await writeClipboard(text);
    const label = button.getAttribute("aria-label");
    button.dataset.rpCopied = "";
    button.setAttribute("aria-label", "Copied");
    setTimeout(() => {
      delete button.dataset.rpCopied;
      button.setAttribute("aria-label", label);
    }, 2000);
  }

  /* A link to a folded phase opens it. */
  function openTarget() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.tagName === "DETAILS") target.open = true;
  }

  /* Printed pages list each address once, numbered where it is linked. */
  function addFootnotes(root) {
    const numbers = new Map();
    const list = document.createElement("ol");
    list.className = "rp-footnote-list";
    for (const link of root.querySelectorAll("a[href]:not([href^='#'], .headerlink)")) {
      if (!numbers.has(link.href)) {
        numbers.set(link.href, numbers.size + 1);
        const item = document.createElement("li");
        item.textContent = link.href;
        list.append(item);
      }
      const mark = document.createElement("sup");
      mark.className = "rp-footnote-ref";
      mark.textContent = `[${numbers.get(link.href)}]`;
      link.after(mark);
    }
    if (numbers.size) root.append(list);
  }

  /* Every printed page repeats what the head of the first one says. */
  function setPrintLine() {
    const head = document.querySelector(".rp-print-head");
    if (!head) return;
    const text = [...head.children].map((part) => part.textContent.trim()).join(" · ");
    document.documentElement.style.setProperty("--rp-print-line", JSON.stringify(text));
  }

  /* Material opens its drawer by a label, which no keyboard reaches: a button takes its place. */
  function makeDrawerReachable() {
    const label = document.querySelector(".md-header label[for='__drawer']");
    const drawer = document.getElementById("__drawer");
    if (!label || !drawer) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = `${label.className} rp-menu`;
    button.setAttribute("aria-label", "Menu");
    button.setAttribute("aria-expanded", "false");
    button.append(...label.childNodes);
    button.addEventListener("click", () => drawer.click());
    drawer.addEventListener("change", () => button.setAttribute("aria-expanded", String(drawer.checked)));
    label.replaceWith(button);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-rp-copy]");
    if (button) copy(button);
  });
  window.addEventListener("hashchange", openTarget);

  /* Rows that a register adds later get what those of the page have. */
  document.addEventListener("rp:added", (event) => {
    addLocalTimes(event.detail);
    addAges(event.detail);
  });

  addLocalTimes(document);
  addAges(document);
  giveEachCommandABox(document);
  addCopyButtons(document);
  makeCodeReachable(document);
  document.querySelectorAll(".rp-footnotes").forEach(addFootnotes);
  setPrintLine();
  window.addEventListener("beforeprint", setPrintLine); // as-of.js may have told more by then
  makeDrawerReachable();
  openTarget();
})();
