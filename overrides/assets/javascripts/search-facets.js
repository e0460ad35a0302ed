/* The filters of the search: release, phase, type of record. On a phone they are folded away. */

import { button, make } from "./site.js";

const option = ([value, text]) => make("option", { value }, text);
const group = ([label, options]) => make("optgroup", { label }, ...options.map(option));
const field = (label, select) => make("label", { className: "rp-field" }, make("span", {}, label), select);
const select = (name, all) => make("select", { name }, option(["", all]));

/* Releases, newest first, by their major version. */
function byMajor(bundles) {
  const groups = new Map();
  for (const version of bundles.flat().reverse()) {
    const major = `Version ${version.split(".")[0]}`;
    groups.set(major, [...(groups.get(major) ?? []), [version, version]]);
  }
  return [...groups];
}

/* Elements for the form, what they say now, and a way to clear them; `changed` is called when a reader has chosen. */
export function facets({ bundles, phases, types }, changed) {
  const selects = { release: select("release", "All releases"), phase: select("phase", "All phases"), type: select("type", "All records") };
  const fields = make(
    "div",
    { className: "rp-search__facets", id: "rp-search-facets" },
    field("Release", selects.release),
    field("Phase", selects.phase),
    field("Record", selects.type),
  );
  const toggle = button("Filter", "rp-search__toggle", () => fold(toggle.ariaExpanded === "true"), { "aria-controls": fields.id });
  const fold = (folded) => toggle.setAttribute("aria-expanded", String(!folded));
  const value = () => Object.fromEntries(Object.entries(selects).map(([key, one]) => [key, one.value]));
  const chosen = () => Object.values(value()).filter(Boolean).length;
  const tell = () => (toggle.textContent = chosen() ? `Filter: ${chosen()} set` : "Filter");

  /* The types of the phase that is chosen, or of all phases, by phase. A type of another phase is given up. */
  function fillTypes() {
    const kept = selects.type.value;
    const groups = phases
      .filter(([number]) => !selects.phase.value || number === Number(selects.phase.value))
      .map(([number, title]) => [title, types.filter((one) => one.phase === number).map((one) => [one.name, one.title])]);
    selects.type.replaceChildren(selects.type.options[0], ...groups.filter(([, some]) => some.length).map(group));
    selects.type.value = kept;
    if (selects.type.selectedIndex < 0) selects.type.value = "";
  }

  function clear() {
    for (const one of Object.values(selects)) one.value = "";
    fillTypes();
    tell();
  }

  selects.release.append(...byMajor(bundles).map(group));
  selects.phase.append(...phases.map(([number, title]) => option([number, `${number}. ${title}`])));
  selects.phase.addEventListener("change", fillTypes);
  fields.addEventListener("change", () => (tell(), changed()));
  fillTypes();
  fold(true);
  return { parts: [toggle, fields], value, chosen, clear };
}
