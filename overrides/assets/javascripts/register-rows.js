/* The rows of a register, and the index that they are found by: each file is fetched when it is asked for, and once. */

import { sorted } from "./register-query.js";

const cache = new Map();

/* A file beside the page, as data. */
function fetched(name) {
  if (!cache.has(name)) {
    const asked = fetch(name).then((answer) => {
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      return answer.json();
    });
    asked.catch(() => cache.delete(name));
    cache.set(name, asked);
  }
  return cache.get(name);
}

/* As much of the index as answers a query, and finds a linked row. */
export async function indexFor(query, linked) {
  const wanted = {
    text: query.find && fetched("text.json"),
    due: query.overdue && fetched("due.json"),
    ids: linked && fetched("ids.json"),
  };
  const filters = await fetched("index.json");
  const keys = [query.group, sorted(query)].filter((key) => filters.ordered.includes(key));
  const ranks = await Promise.all(keys.map((key) => fetched(`rank-${key}.json`)));
  const [text, due, ids] = await Promise.all([wanted.text, wanted.due, wanted.ids]);
  return { ...filters, text, due, ids, ranks: Object.fromEntries(keys.map((key, at) => [key, ranks[at]])) };
}

export class Rows {
  /* `body` holds the first rows, in the order in which the index numbers them. */
  constructor(body) {
    this.made = [...body.rows].filter((row) => !row.classList.contains("rp-group"));
  }

  /* Have some rows at hand, by their numbers. */
  async load(wanted, size) {
    const missing = wanted.filter((row) => !this.made[row]);
    const files = new Set(missing.map((row) => Math.floor(row / size)));
    const parts = new Map();
    await Promise.all(
      [...files].map(async (file) => parts.set(file, await fetched(`rows-${file + 1}.json`))),
    );
    const template = document.createElement("template");
    template.innerHTML = missing.map((row) => parts.get(Math.floor(row / size))[row % size]).join("");
    document.dispatchEvent(new CustomEvent("rp:added", { detail: template.content }));
    missing.forEach((row, place) => (this.made[row] = template.content.children[place]));
  }

  get(row) {
    return this.made[row];
  }
}
