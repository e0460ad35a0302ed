/* Shows what differs between two releases, in the elements that comparison/_table.html makes. */

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const muted = (text) => element("span", { class: "rp-muted" }, text);

function link({ mark, label, href }, root, title) {
  if (!href) return label;
  const mono = mark ? "rp-mono rp-nowrap" : undefined;
  return element("a", { class: mono, href: root + href, title }, mark || label);
}

/* What a row is about: one thing under its id and its name, or several under their ids. */
function thing(facts, root) {
  const head = element("th", { scope: "row", "data-label": "What" });
  const [first] = facts;
  if (facts.length > 1) {
    facts.forEach((fact, place) => head.append(...(place ? [", "] : []), link(fact, root, fact.label)));
  } else {
    head.append(link(first, root), first.mark ? ` ${first.label}` : "");
  }
  return head;
}

function line(row, { columns, root }) {
  const made = element("tr", {}, thing(row.facts, root));
  const cell = (label, ...content) => made.append(element("td", { "data-label": label }, ...content));
  for (const column of columns) {
    if (column.of === "word") cell(column.title, element("span", { class: "rp-tag" }, row.word));
    else cell(column.title, row[column.of] ?? "");
  }
  return made;
}

/* The columns after the first one, as the part of a row that each shows. */
function columnsOf(section, older, newer, several) {
  if (!section.adds) {
    return [
      { title: "Change", of: "word" },
      { title: older, of: "before" },
      { title: newer, of: "after" },
    ];
  }
  const value = section.value ? [{ title: section.value, of: "after" }] : [];
  return several ? [...value, { title: "Release", of: "version" }] : value;
}

function* lines(groups, context) {
  const { columns, older, newer } = context;
  const colspan = columns.length + 1;
  for (const group of groups) {
    if (group.title) {
      const head = element("th", { colspan, scope: "rowgroup" }, group.title);
      if (group.rows.length) head.append(" ", muted(group.count));
      yield element("tr", { class: "rp-group" }, head);
    }
    if (group.only) {
      const [without, having] = group.only === "after" ? [older, newer] : [newer, older];
      const text = `${without} has none on record, ${having} has ${group.size}.`;
      yield element("tr", {}, element("td", { colspan, class: "rp-difference__note rp-muted" }, text));
    }
    for (const row of group.rows) yield line(row, context);
  }
}

function part({ section, groups }, view) {
  const columns = columnsOf(section, view.older, view.newer, view.several);
  const heads = ["What", ...columns.map((one) => one.title)].map((text) => element("th", { scope: "col" }, text));
  const title = element("div", { class: "rp-section__head" }, element("h2", { id: section.name }, section.title));
  if (section.note) title.append(element("p", { class: "rp-muted" }, section.note));
  const table = element(
    "table",
    { class: `rp-table rp-table--stack rp-difference${section.adds ? " rp-difference--added" : ""}` },
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...lines(groups, { ...view, section, columns })),
  );
  const scroll = { class: "rp-scroll", tabindex: "0", role: "region", "aria-label": section.title };
  return element(
    "section",
    { class: "rp-section", "aria-labelledby": section.name },
    title,
    element("div", scroll, table),
  );
}

function listed(words, found) {
  const titles = found.map((one) => one.section.title).join(", ");
  return titles ? [element("p", { class: "rp-muted" }, `${words}: ${titles}.`)] : [];
}

function contents(shown) {
  const links = shown.map(({ section, count }) =>
    element("li", {}, element("a", { href: `#${section.name}` }, `${section.title} `, muted(count))),
  );
  if (!links.length) return [];
  return [element("nav", { class: "rp-links", "aria-label": "Parts of the comparison" }, element("ul", {}, ...links))];
}

/* The whole comparison. `root` leads to the site's root; `several` tells that more than one release lies on the way. */
export function view(found, context) {
  const shown = found.filter((one) => one.count);
  const rest = found.filter((one) => !one.count);
  return [
    ...contents(shown),
    ...shown.map((one) => part(one, context)),
    ...listed(
      "The same in both",
      rest.filter((one) => one.recorded && !one.section.adds),
    ),
    ...listed(
      "Not on record",
      rest.filter((one) => !one.recorded),
    ),
  ];
}

export const note = (text) => element("p", { class: "rp-compare__note" }, text);

export function message(title, text) {
  return element(
    "div",
    { class: "rp-empty" },
    element("p", { class: "rp-empty__title" }, title),
    element("p", {}, text),
  );
}
