/* Makes a register answer: filters, order and groups, kept in the address so that a view can be sent to somebody. */

import { answer, plain, read, write } from "./register-query.js";
import { Rows, choices, indexFor } from "./register-rows.js";
import { addAnswers } from "./register-answers.js";
import { addChoices, arrange, asked, fillForm, markSort, spell } from "./register-view.js";

const table = document.getElementById("register");
if (table) start(table);

function start(table) {
  const { rpNoun: noun, rpGroup: group } = table.dataset;
  const [count, step, size] = ["rpCount", "rpStep", "rpSize"].map((name) => Number(table.dataset[name]));
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const form = document.querySelector("[data-rp-filters=register]");
  const output = form.querySelector("output");
  const toggle = form.querySelector(".rp-filters__toggle");
  const empty = document.querySelector(".rp-register__empty");
  const more = document.querySelector(".rp-register__more");
  const add = more.querySelector("button");
  const told = document.querySelectorAll("[data-rp-told]");
  const facets = [...form.querySelectorAll("select[data-rp-facet]")].map((select) => select.name);
  const rows = new Rows(body, "rows", size);
  const others = [...document.querySelectorAll("table[data-rp-rows]")].map(
    (other) => new Rows(other.tBodies[0], other.dataset.rpRows, size),
  ); // show the same rows in another way

  let query = read(location.search, facets, group);
  let limit = step;
  let turn = 0;

  function tell(found, linked) {
    const visible = Math.min(limit, found.length);
    const rest = found.length - visible;
    output.textContent = `${spell(found.length)} of ${spell(count)}`;
    const parts = [];
    if (found.length < count) parts.push(`${spell(found.length)} of ${spell(count)} ${found.length === 1 ? "has" : "have"} ${asked(query, form)}.`);
    if (rest) parts.push(`${spell(visible)} of ${spell(found.length)} are shown.`);
    for (const place of told) place.textContent = parts.join(" ");
    add.hidden = rest === 0;
    add.textContent = `Show ${spell(Math.min(step, rest))} more`;
    empty.hidden = found.length > 0;
    table.parentElement.hidden = found.length === 0 && linked < 0;
    const [title, why] = empty.querySelectorAll("p");
    title.textContent = `No ${noun} matches`;
    why.textContent = `None of ${spell(count)} has ${asked(query, form)}.`;
  }

  /* Answers the query. A row that the address names is put first, unless it is in sight already. */
  async function show(linkedTo = "") {
    const mine = ++turn;
    table.setAttribute("aria-busy", "true");
    try {
      const index = await indexFor(query, linkedTo, count);
      const found = answer(index, query);
      const visible = found.slice(0, limit);
      const named = linkedTo ? index.ids.indexOf(linkedTo) : -1;
      const linked = visible.includes(named) ? -1 : named;
      const wanted = linked < 0 ? visible : [...visible, linked];
      await Promise.all([rows.load(wanted), ...others.map((other) => other.load(visible))]);
      if (mine !== turn) return;
      const columns = heads.length;
      body.replaceChildren(...arrange({ index, found, group: query.group, limit, linked, rows, columns }));
      for (const other of others) other.show(visible);
      if (query.chosen.release) await addAnswers(query.chosen.release, wanted.map((row) => [row, rows.get(row)]));
      tell(found, linked);
    } catch (error) {
      if (mine === turn) output.textContent = "The rows could not be loaded. The CSV has them all.";
      console.warn(error);
    } finally {
      if (mine === turn) table.removeAttribute("aria-busy");
    }
  }

  /* Brings the row that the address names into view. */
  async function openLinked() {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id) return;
    if (!document.getElementById(id)) await show(id);
    const row = document.getElementById(id);
    body.querySelector(".rp-row--linked")?.classList.remove("rp-row--linked");
    if (row && body.contains(row)) goTo(row, "rp-row--linked");
  }

  function goTo(row, mark) {
    if (mark) row.classList.add(mark);
    row.tabIndex = -1;
    row.scrollIntoView({ block: "center" });
    row.focus({ preventScroll: true });
  }

  function ask(next) {
    query = next;
    limit = step;
    history.replaceState(null, "", `${location.pathname}${write(query, group)}`);
    markSort(query, heads);
    return show();
  }

  function restore(next) {
    query = next;
    fillForm(query, form);
    markSort(query, heads);
  }

  const unfold = (open) => toggle.setAttribute("aria-expanded", String(open));

  let waiting;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    const given = new URLSearchParams(new FormData(form));
    waiting = setTimeout(() => ask(read(given, facets, group)), event.target.type === "search" ? 120 : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    restore(read("", facets, group));
    ask(query);
  });
  empty.querySelector("button").addEventListener("click", () => {
    form.reset();
    form.elements.find.focus();
  });
  toggle.addEventListener("click", () => unfold(toggle.getAttribute("aria-expanded") === "false"));

  /* The first direction, the other one, then as listed. */
  table.tHead.addEventListener("click", (event) => {
    const head = event.target.closest(".rp-sort")?.parentElement;
    if (!head) return;
    const { rpKey: key } = head.dataset;
    const [first, second] = "rpNewest" in head.dataset ? [`-${key}`, key] : [key, `-${key}`];
    const sort = { [first]: second, [second]: "" }[query.sort] ?? first;
    form.elements.sort.value = sort;
    ask({ ...query, sort });
  });

  add.addEventListener("click", async (event) => {
    const before = body.rows.length;
    limit += step;
    await show();
    if (event.detail === 0 && body.rows[before]) goTo(body.rows[before]); // pressed by a key: it goes on there
  });

  window.addEventListener("hashchange", openLinked);
  window.addEventListener("popstate", () => {
    restore(read(location.search, facets, group));
    show().then(openLinked);
  });

  form.classList.add("rp-filters--ready");
  add.hidden = count <= step;
  restore(query);
  unfold(!plain({ ...query, find: "" }, group));
  const listed = choices()
    .then((known) => addChoices(known, form))
    .catch((error) => console.warn(error)); // an address that names one is answered all the same
  if (plain(query, group)) (rows.made.length < Math.min(step, count) ? show() : Promise.resolve()).then(openLinked);
  else listed.then(() => show()).then(openLinked);
}
