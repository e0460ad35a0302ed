/* What the site's own modules share: where the site is, its data, and making elements without HTML as text. */

export const root = new URL("../../", import.meta.url);

const cache = new Map();

/* A JSON file of the site, by its path from the root; asked for once. */
export function data(path) {
  if (!cache.has(path)) {
    const asked = fetch(new URL(path, root)).then((answer) => {
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return answer.json();
    });
    asked.catch(() => cache.delete(path));
    cache.set(path, asked);
  }
  return cache.get(path);
}

/* An element with properties or attributes, and what is in it. */
export function make(name, given = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...inside);
  return element;
}

export function button(text, className, clicked, given = {}) {
  const made = make("button", { type: "button", className, ...given }, text);
  made.addEventListener("click", clicked);
  return made;
}

/* Escape closes a dialog at once, where a search field would first be emptied. */
export function closes(event, dialog) {
  if (event.key !== "Escape") return false;
  event.preventDefault();
  dialog.close();
  return true;
}

/* The release that this page is about, which the header names, and the page's path below that release. */
export function place() {
  const release = document.querySelector(".rp-picker")?.dataset.rpRelease ?? "";
  const home = new URL(`releases/${release}/`, root).pathname;
  return { release, path: release && location.pathname.startsWith(home) ? location.pathname.slice(home.length) : "" };
}

/* Text as the reader's eye compares it: without case and accents. */
export const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
