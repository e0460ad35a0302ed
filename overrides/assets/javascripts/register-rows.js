/* The rows of a register: those of the page, and others as they are asked for. Each is fetched and made once. */

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
