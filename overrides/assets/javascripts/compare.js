/* Compares two releases that the reader chooses; the choice stands in the address, so that it can be sent on. */

import { differences } from "./compare-difference.js";
import { message, note, view } from "./compare-view.js";
import { data } from "./site.js";

const ROOT = "../../";
const form = document.getElementById("compare");
if (form) data("releases/versions.json").then((listed) => start(form, listed), unlisted);

function unlisted(error) {
  const said = message("The list of releases could not be loaded", "Look at the connection and open this page again.");
  document.getElementById("comparison").replaceChildren(said);
  console.warn(error);
}

/* A release as it can be chosen. */
function option({ version, title, properties: { phase } }) {
  return new Option(phase === "withdrawn" ? `${title} (withdrawn)` : title, version);
}

/* `listed` are all releases, the newest first. */
function start(form, listed) {
  const { from, to } = form.elements;
  const place = document.getElementById("comparison");
  const status = document.getElementById("compare-status");
  const choose = place.firstElementChild;
  const versions = listed.map((one) => one.version).reverse(); // oldest first
  const gone = listed.filter((one) => one.properties.phase === "withdrawn");
  const withdrawn = new Set(gone.map((one) => one.version));
  let unknown = []; // versions in the address that the portal does not have
  let turn = 0;

  const facts = (version) => data(`releases/${version}/${form.dataset.rpFacts}`);

  /* The releases after the older one, up to the newer one; what was withdrawn on the way brought nothing. */
  function way(older, newer) {
    const between = versions.slice(versions.indexOf(older) + 1, versions.indexOf(newer));
    return [...between.filter((version) => !withdrawn.has(version)), newer];
  }

  async function compare(older, newer) {
    const passed = way(older, newer);
    const [sections, first, ...rest] = await Promise.all([
      data("releases/compare/sections.json"),
      facts(older),
      ...passed.map(facts),
    ]);
    const found = differences(sections, first, rest);
    const context = { older, newer, root: ROOT, several: passed.length > 1 };
    const total = found.reduce((sum, one) => sum + one.count, 0);
    const said = [...turned(older, newer), `${newer} differs from ${older} in ${total} things.`].join(" ");
    return { parts: [...turned(older, newer).map(note), ...view(found, context)], said };
  }

  /* What is added is added on the way from the older one, so that is the way shown, and said where it was not asked for. */
  function turned(older, newer) {
    return from.value === older ? [] : [`Shown from ${older} to ${newer}: ${newer} is the newer release.`];
  }

  function unfit() {
    if (unknown.length) {
      const which = unknown.map((version) => `release ${version}`).join(" and no ");
      return message(`This portal has no ${which}`, "Choose from its releases above.");
    }
    if (!from.value && !to.value) return choose;
    if (!from.value || !to.value) {
      return message("Choose another release", `Compare ${from.value || to.value} with which one?`);
    }
    if (from.value === to.value) {
      return message("One release, chosen twice", `Choose another release to compare ${to.value} with.`);
    }
    return undefined;
  }

  async function show() {
    const mine = ++turn;
    const instead = unfit();
    if (instead) {
      place.replaceChildren(instead);
      status.textContent = instead === choose ? "" : instead.textContent;
      return;
    }
    const [older, newer] = [from.value, to.value].sort((a, b) => versions.indexOf(a) - versions.indexOf(b));
    place.setAttribute("aria-busy", "true");
    try {
      const { parts, said } = await compare(older, newer);
      if (mine !== turn) return;
      place.replaceChildren(...parts);
      status.textContent = said;
      document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
    } catch (error) {
      if (mine !== turn) return;
      const title = "The facts of these releases could not be loaded";
      place.replaceChildren(message(title, "Look at the connection and choose again."));
      status.textContent = title;
      console.warn(error);
    } finally {
      if (mine === turn) place.removeAttribute("aria-busy");
    }
  }

  /* A version that the portal does not have stays in the address until another is chosen, and is told. */
  function restore() {
    const given = new URLSearchParams(location.search);
    for (const field of [from, to]) {
      const value = given.get(field.name) ?? "";
      field.value = versions.includes(value) ? value : "";
      if (value && !field.value && !unknown.includes(value)) unknown.push(value);
    }
    return show();
  }

  form.addEventListener("change", () => {
    unknown = [];
    const chosen = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", chosen.size ? `?${chosen}` : location.pathname);
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const field of [from, to]) field.append(...listed.map(option));
  form.classList.add("rp-filters--ready");
  restore();
}
