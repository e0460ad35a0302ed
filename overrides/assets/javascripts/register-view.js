/* What a register shows: its rows under the names of their groups, and in words what was asked and found. */

import { label } from "./register-query.js";

const format = new Intl.NumberFormat("en");
export const spell = (number) => format.format(number);

function groupRow(columns, title, size) {
  const row = document.createElement("tr");
  row.className = "rp-group";
  const cell = document.createElement("th");
  cell.colSpan = columns;
  cell.scope = "rowgroup";
  cell.append(`${title} `);
  if (size) {
    const number = document.createElement("span");
    number.className = "rp-muted";
    number.textContent = spell(size);
    cell.append(number);
  }
  row.append(cell);
  return row;
}

/* How many of the rows found stand in each group, by its name. */
function sizes(index, group, found) {
  const counted = new Map();
  for (const row of found) {
    const title = label(index, group, row);
    counted.set(title, (counted.get(title) ?? 0) + 1);
  }
  return counted;
}

/* The first rows of those found, with their groups. A `linked` row that is not among them stands before all. */
export function arrange({ index, found, group, limit, linked, rows, columns }) {
  const grouped = Boolean(index.ranks[group]);
  const counted = grouped ? sizes(index, group, found) : new Map();
  const parts = [];
  if (linked >= 0) parts.push(groupRow(columns, "Linked to"), rows.get(linked));
  if (linked >= 0 && !grouped && found.length) parts.push(groupRow(columns, "Found", found.length));
  let last;
  for (const row of found.slice(0, limit)) {
    const title = grouped ? label(index, group, row) : undefined;
    if (title !== last) parts.push(groupRow(columns, title, counted.get(title)));
    last = title;
    parts.push(rows.get(row));
  }
  return parts;
}

/* What was asked, in words: for a reader who finds nothing. */
export function asked(query, form) {
  const parts = query.find ? [`the words “${query.find}”`] : [];
  for (const key of Object.keys(query.chosen)) {
    const field = form.elements[key];
    parts.push(`${field.labels[0].firstElementChild.textContent} “${field.selectedOptions[0].text}”`);
  }
  if (query.overdue) parts.push(`“${form.elements.overdue.labels[0].textContent.trim()}”`);
  return new Intl.ListFormat("en").format(parts);
}

/* The form says what the address says, also of a value that no row has. */
export function fillForm(query, form) {
  for (const field of form.elements) {
    if (!field.name) continue;
    const value = query.chosen[field.name] ?? query[field.name] ?? "";
    if (field.type === "checkbox") field.checked = Boolean(value);
    else field.value = value;
    if (field.tagName === "SELECT" && field.selectedIndex < 0) field.add(new Option(value, value, false, true));
  }
}

/* Adds what can be chosen; what is chosen already stays so. */
export function addChoices(known, form) {
  for (const [key, some] of Object.entries(known)) {
    const field = form.elements[key];
    if (!field) continue; // no row has one
    const { value } = field;
    field.length = 1;
    field.append(...some.map(([one, text]) => new Option(text, one)));
    field.value = value;
    if (field.selectedIndex < 0) field.add(new Option(value, value, false, true));
  }
}

/* Each head tells in which direction its column is sorted, if it is. */
export function markSort(query, heads) {
  const key = query.sort.replace(/^-/, "");
  for (const head of heads) {
    if (head.dataset.rpKey !== key) head.removeAttribute("aria-sort");
    else head.setAttribute("aria-sort", query.sort.startsWith("-") ? "descending" : "ascending");
  }
}
