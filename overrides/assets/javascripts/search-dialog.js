/* The search as a dialog over the page: one field for ids and words, filters, and keys to go through what is found. */

import { button, closes, make } from "./site.js";
import { Answer } from "./search-answer.js";
import { facets } from "./search-facets.js";
import { manifest } from "./search-text.js";

const PAUSE = 160; // ms without a key before anything is asked

export async function create() {
  const known = await manifest();
  const full = known.bundles.length > 0;
  const input = make("input", {
    type: "search", autocomplete: "off", spellcheck: false, enterKeyHint: "search", "aria-label": "Search",
    "aria-controls": "rp-search-found",
    placeholder: `${full ? "Words, a" : "A"} ticket, a control, a commit, a person`,
  });
  const close = button("", "rp-search__close", () => dialog.close(), { "aria-label": "Close" });
  const form = make("form", { className: "rp-search__form", role: "search" }, make("div", { className: "rp-search__bar" }, input, close));
  const filter = full ? facets(known, ask) : null;
  if (filter) form.append(...filter.parts);
  const status = make("p", { className: "rp-search__status", role: "status" });
  const found = make("div", { className: "rp-search__found", id: "rp-search-found" });
  const dialog = make("dialog", { className: "rp-search", "aria-label": "Search" }, form, status, found);
  document.body.append(dialog);

  const answer = new Answer(known, filter, found, status);
  let waiting;

  function ask() {
    clearTimeout(waiting);
    return answer.ask(input.value.trim());
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
    event.stopPropagation(); // Material turns pages at single keys
    if (!closes(event, dialog)) walk(event, input, found);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("a")) dialog.close();
  });

  answer.hint();
  return {
    show() {
      dialog.showModal();
      input.focus();
      input.select();
    },
  };
}

/* Arrows go from the field through what is found and back; a letter goes on with the word. */
function walk(event, input, found) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const stops = [input, ...found.querySelectorAll("a, button")];
  const at = stops.indexOf(document.activeElement);
  if (at < 0) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const next = stops[Math.max(0, Math.min(at + step, stops.length - 1))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  } else if (at > 0 && event.key.length === 1 && event.key !== " ") {
    input.focus();
  }
}
