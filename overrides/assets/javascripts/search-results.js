/* What was found, as elements: ids first, then pages with the sections that match. */

import { make, root } from "./site.js";

const SECTIONS = 3; // of one page, before the rest is folded into a number

/* What is said where the words stand, without the heading, which is shown above it; nothing where that is all.
   Pagefind marks words in text that may hold anything: only text and marks are taken over. */
function excerpt({ title, excerpt: html, plain_excerpt: plain }) {
  const said = plain.startsWith(title) ? html.split(" ").slice(title.split(" ").length) : html.split(" ");
  const text = said.join(" ");
  if (!text.includes("<mark>")) return [];
  const found = new DOMParser().parseFromString(text, "text/html").body;
  const parts = [...found.childNodes].map((node) =>
    node.nodeName === "MARK" ? make("mark", {}, node.textContent) : node.textContent,
  );
  return [make("span", { className: "rp-hit__text" }, ...parts)];
}

/* A title that begins with a version shows it as one. */
function titled(title) {
  const [, version, rest] = /^(\d+\.\d+\.\S+) (.+)$/.exec(title) ?? [];
  return version ? [make("span", { className: "rp-version" }, version), ` ${rest}`] : [title];
}

const link = (href, className, ...inside) => make("a", { href, className }, ...inside);

/* "id · change in version", with what it is called below. */
function place({ text, kind, release, title, uri }) {
  const id = text.length > 20 && /^[0-9a-f]+$/.test(text) ? text.slice(0, 12) : text;
  const what = make("span", { className: "rp-hit__what" }, ` · ${kind}${release ? " in " : ""}`);
  if (release) what.append(make("span", { className: "rp-version" }, release));
  const head = make("span", { className: "rp-hit__title" }, make("span", { className: "rp-mono" }, id), what);
  const parts = title ? [head, make("span", { className: "rp-hit__text" }, title)] : [head];
  return make("li", {}, link(new URL(uri, root).href, "rp-hit rp-hit--id", ...parts));
}

export function ids({ places, count, all, begun, more }) {
  const label = begun ? "Ids that begin so" : "Found by id";
  const list = make("ol", { className: "rp-hits", "aria-label": label }, ...places.map(place));
  if (more) list.append(make("li", { className: "rp-hit rp-hit__more" }, "More ids begin so. Type on to see them."));
  if (all && count > places.length) {
    const text = `All ${count.toLocaleString("en")} in the register`;
    list.append(make("li", {}, link(new URL(all, root).href, "rp-hit rp-hit--more", text)));
  }
  return list;
}

function section(part) {
  const title = make("span", { className: "rp-hit__section" }, part.title);
  return make("li", {}, link(part.url, "rp-hit rp-hit--part", title, ...excerpt(part)));
}

/* One page: a link to it, then its sections. Words that stand above the first section are said under the title. */
export function page({ url, title, parts }) {
  const own = parts.find((part) => part.url === url);
  const below = parts.filter((part) => part !== own);
  const head = link(url, "rp-hit rp-hit--page", make("span", { className: "rp-hit__title" }, ...titled(title)));
  if (own) head.append(...excerpt(own));
  const item = make("li", { className: "rp-hits__page" }, head);
  if (below.length) {
    const list = make("ol", { className: "rp-hits__parts" }, ...below.slice(0, SECTIONS).map(section));
    item.append(list);
    const rest = below.length - SECTIONS;
    if (rest > 0) head.append(make("span", { className: "rp-hit__more" }, `${rest} more sections match`));
  }
  return item;
}
