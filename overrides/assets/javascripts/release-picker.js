/* The release picker: type to filter, arrows to choose, by year; it leads to this same page of the release chosen. */

import { closes, fold, make, place } from "./site.js";
import { address } from "./release-place.js";

const WORDS = { production: "In production", withdrawn: "Withdrawn", closed: "Closed" };

/* A title must not pass for a status: what looks like a mark of the portal becomes a dot, as on its pages. */
const plain = (text) => text.replace(/[\u2022\u2023\u25a0-\u25ff\u2605\u2606\u2610-\u2612\u26a0\u26aa\u26ab\u26d4\u2705\u2713-\u2718\u274c\u274e\u2b1b\u2b1c\u2b24\u2b50\u{1f512}\u{1f534}\u{1f535}\u{1f5f8}\u{1f5f9}\u{1f6ab}\u{1f6d1}\u{1f7e0}-\u{1f7eb}][\u2022\u25cf\ufe0e\ufe0f\u200d]*/gu, "·");

/* How a release stands, as (word for the reader, class of the one vocabulary). */
function state({ aliases, properties: { phase } }) {
  if (aliases.includes("production")) return [WORDS.production, "claimed"];
  if (phase === "withdrawn") return [WORDS.withdrawn, "missing"];
  if (phase === "closed") return [WORDS.closed, "claimed"];
  return [phase ? `In progress: ${phase.replaceAll("-", " ")}` : "No record", "progress"];
}

function option(one, number) {
  const [word, kind] = state(one);
  const title = plain(one.title.startsWith(`${one.version} `) ? one.title.slice(one.version.length + 1) : "");
  return make(
    "div",
    { role: "option", id: `rp-pick-${number}`, className: "rp-pick", "aria-selected": "false" },
    make("span", { className: "rp-version" }, one.version),
    make("span", { className: "rp-pick__title" }, title),
    make("span", { className: `rp-status rp-status--${kind}` }, word),
  );
}

export function create(opener, list) {
  const options = list.map(option);
  const texts = list.map((one) => fold(`${one.title} ${state(one)[0]} ${one.aliases.join(" ")} ${one.properties.date}`));
  const years = new Map();
  list.forEach((one, at) => {
    const year = one.properties.date.slice(0, 4) || "No date";
    years.set(year, [...(years.get(year) ?? []), at]);
  });
  const groups = [...years].map(([year, some]) => {
    const head = make("div", { className: "rp-picks__year", role: "presentation" }, year);
    const group = make("div", { role: "group", "aria-label": year }, head, ...some.map((at) => options[at]));
    return { group, some };
  });
  const box = make("div", { role: "listbox", id: "rp-picks", className: "rp-picks", "aria-label": "Releases" }, ...groups.map(({ group }) => group));
  const input = make("input", {
    type: "search", role: "combobox", autocomplete: "off", spellcheck: false, placeholder: "Version, title or state",
    "aria-label": "Filter releases", "aria-controls": "rp-picks", "aria-expanded": "true", "aria-autocomplete": "list",
  });
  const close = make("button", { type: "button", className: "rp-search__close", "aria-label": "Close" });
  const status = make("p", { className: "rp-picker__status", role: "status" });
  const all = make("a", { className: "rp-picker__all", href: new URL("../../releases/", import.meta.url).href }, "All releases as a table");
  const dialog = make(
    "dialog",
    { className: "rp-picker-dialog", "aria-label": "Choose a release" },
    make("div", { className: "rp-search__bar" }, input, close), status, box, all,
  );
  document.body.append(dialog);

  let shown = [];
  let active = -1;

  function activate(at) {
    options[active]?.setAttribute("aria-selected", "false");
    active = at;
    const one = options[active];
    one?.setAttribute("aria-selected", "true");
    one?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", one?.id ?? "");
  }

  function filter() {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    shown = [];
    for (const { group, some } of groups) {
      let left = 0;
      for (const at of some) {
        const fits = words.every((word) => texts[at].includes(word));
        options[at].hidden = !fits;
        if (fits) (left++, shown.push(at));
      }
      group.hidden = left === 0;
    }
    status.textContent = shown.length
      ? `${shown.length.toLocaleString("en")} of ${list.length.toLocaleString("en")} releases`
      : `No release has “${input.value.trim()}”. Part of a version, a title or a state is enough.`;
    const current = list.findIndex((one) => one.version === place().release);
    activate(words.length || !shown.includes(current) ? (shown[0] ?? -1) : current);
  }

  async function choose(at) {
    if (at < 0) return;
    const href = await address(list[at].version, place().path);
    dialog.close();
    location.assign(href + location.hash);
  }

  function move(event) {
    const at = shown.indexOf(active);
    const page = 10;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page }[event.key];
    if (to === undefined || !shown.length) return;
    event.preventDefault();
    activate(shown[Math.max(0, Math.min(to, shown.length - 1))]);
  }

  input.addEventListener("input", filter);
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (closes(event, dialog) || event.target !== input) return;
    if (event.key === "Enter") choose(active);
    else move(event);
  });
  box.addEventListener("click", (event) => choose(options.indexOf(event.target.closest("[role=option]"))));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });

  return {
    show() {
      const { left, bottom } = opener.getBoundingClientRect();
      dialog.style.setProperty("--rp-left", `${left}px`);
      dialog.style.setProperty("--rp-top", `${bottom}px`);
      input.value = "";
      dialog.showModal();
      filter();
      input.focus();
      options[active]?.scrollIntoView({ block: "center" });
    },
  };
}
