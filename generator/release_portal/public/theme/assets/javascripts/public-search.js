/* Search over the public pages: one field, opened by its button, by / and by Ctrl+K. */

import { button, closes, make } from "./site.js";
import { page } from "./search-results.js";
import { search } from "./search-text.js";

const PAUSE = 160; // ms without a key before anything is asked
const STEP = 5; // pages that are shown at a time
const LEAST = 2; // letters that it takes to ask
const NO_FILTER = { release: "", phase: "", type: "" };

const input = make("input", {
  type: "search", autocomplete: "off", spellcheck: false, enterKeyHint: "search", "aria-label": "Search",
  "aria-controls": "rp-search-found", placeholder: "Words of release notes and notices",
});
const close = button("", "rp-search__close", () => dialog.close(), { "aria-label": "Close" });
const bar = make("div", { className: "rp-search__bar" }, input, close);
const form = make("form", { className: "rp-search__form", role: "search" }, bar);
const status = make("p", { className: "rp-search__status", role: "status" });
const found = make("div", { className: "rp-search__found", id: "rp-search-found" });
const dialog = make("dialog", { className: "rp-search", "aria-label": "Search" }, form, status, found);
document.body.append(dialog);

let turn = 0;
let waiting;

function hint() {
  status.textContent = "";
  found.replaceChildren(make("p", { className: "rp-search__hint" }, "Arrows go through what is found, Enter opens it, Escape closes."));
}

async function ask() {
  clearTimeout(waiting);
  const text = input.value.trim();
  const mine = ++turn;
  if (text.length < LEAST) return hint();
  status.textContent = "Searching";
  try {
    const answer = await search(text, NO_FILTER, []);
    const list = make("ol", { className: "rp-hits", "aria-label": "Pages" });
    list.append(...(await answer.more(STEP)).map(page));
    if (mine === turn) show(text, answer, list);
  } catch {
    if (mine === turn) fail();
  }
}

function fail() {
  found.replaceChildren();
  status.textContent = "The search could not be loaded. It needs the site's web server.";
}

function show(text, answer, list) {
  if (!list.children.length) {
    status.textContent = "Nothing found";
    found.replaceChildren(make("div", { className: "rp-search__nothing" }, make("p", {}, `Nothing has “${text}”.`), make("p", {}, "Fewer words find more.")));
    return;
  }
  status.textContent = answer.count === 1 ? "1 page" : `${answer.count} pages`;
  const foot = make("div", { className: "rp-search__more" });
  fill(foot, answer, list);
  found.replaceChildren(list, foot);
  found.scrollTop = 0;
}

function fill(foot, answer, list) {
  const left = Math.min(STEP, answer.left());
  if (!left) return foot.replaceChildren();
  const more = async () => {
    const last = list.lastElementChild;
    list.append(...(await answer.more(STEP)).map(page));
    fill(foot, answer, list);
    (last.nextElementSibling ?? last).querySelector("a").focus();
  };
  foot.replaceChildren(button(`Show ${left} more`, "rp-button", more));
}

/* Arrows go from the field through what is found and back; a letter goes on with the word. */
function walk(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const stops = [input, ...found.querySelectorAll("a, button")];
  const at = stops.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (at >= 0 && step) {
    event.preventDefault();
    stops[Math.max(0, Math.min(at + step, stops.length - 1))].focus();
  } else if (at > 0 && event.key.length === 1 && event.key !== " ") {
    input.focus();
  }
}

function open() {
  if (!dialog.open) dialog.showModal();
  input.focus();
  input.select();
}

const writes = ({ isContentEditable, tagName }) => isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(tagName);

function wants(event) {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  if (key === "/") return !ctrlKey && !metaKey && !altKey && !writes(target);
  return key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey && !shiftKey;
}

/* Before Material, which turns pages at single keys. */
function opens(event) {
  if (dialog.open || !wants(event)) return;
  event.preventDefault();
  event.stopPropagation();
  open();
}

input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await ask();
  found.querySelector("a")?.click();
});
dialog.addEventListener("keydown", (event) => {
  event.stopPropagation();
  if (!closes(event, dialog)) walk(event);
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest("a")) dialog.close();
});
window.addEventListener("keydown", opens, { capture: true });
for (const one of document.querySelectorAll("[data-rp-search]")) one.addEventListener("click", open);
hint();
