/* The rows of a register, and the index that they are found by: each file is fetched when it is asked for, and once. */

import { sorted } from "./register-query.js";

const cache = new Map();

/* A file beside the page, as data. */
export function fetched(name) {
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

/* What readers can filter by, as [value, label] by column. */
export const choices = () => fetched("choices.json");

const AS_LISTED = { newest: [], ordered: [], facets: {} };

/* As much of the index of `count` rows as answers a query, and finds a linked row: rows as listed need none of it. */
export async function indexFor(query, linked, count) {
  const asListed = !query.sort && query.group === "none" && !Object.keys(query.chosen).length;
  const [filters, known, text, due, ids] = await Promise.all([
    asListed ? AS_LISTED : fetched("index.json"),
    asListed ? {} : choices(),
    query.find && fetched("text.json"),
    query.overdue && fetched("due.json"),
    linked && fetched("ids.json"),
  ]);
  const keys = [query.group, sorted(query)].filter((key) => filters.ordered.includes(key));
  const found = await Promise.all(keys.map((key) => fetched(`rank-${key}.json`)));
  const ranks = Object.fromEntries(keys.map((key, at) => [key, found[at]]));
  return { ...filters, choices: known, text, due, ids, ranks, count };
}

export class Rows {
  /* `body` holds the first rows, in the order in which the index numbers them; files of `name` have `size` each. */
  constructor(body, name, size) {
    Object.assign(this, { body, name, size });
    this.made = [...body.rows].filter((row) => !row.classList.contains("rp-group"));
  }

  /* Have some rows at hand, by their numbers. */
  async load(wanted) {
    const { name, size } = this;
    const missing = wanted.filter((row) => !this.made[row]);
    const files = new Set(missing.map((row) => Math.floor(row / size)));
    const parts = new Map();
    await Promise.all(
      [...files].map(async (file) => parts.set(file, await fetched(`${name}-${file + 1}.json`))),
    );
    const template = document.createElement("template");
    template.innerHTML = missing.map((row) => parts.get(Math.floor(row / size))[row % size]).join("");
    document.dispatchEvent(new CustomEvent("rp:added", { detail: template.content }));
    missing.forEach((row, place) => (this.made[row] = template.content.children[place]));
  }

  get(row) {
    return this.made[row];
  }

  /* Have some rows in sight, and no others. */
  show(wanted) {
    this.body.replaceChildren(...wanted.map((row) => this.made[row]));
    this.body.closest(".rp-scroll").hidden = wanted.length === 0;
  }
}
