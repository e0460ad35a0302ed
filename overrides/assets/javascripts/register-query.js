/* What a reader asks of a register, read from and written to the address, and the answer: row numbers in order. */

/* Text as it is searched, without case and accents; the index was made by the same rule. */
export const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/* The reader's own calendar day, which is what "overdue" means to them. */
export function today(now = new Date()) {
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/* A query as it stands in an address; what means nothing to this register is left out. Words are `find`, for
   Material opens its own search wherever an address has `q`. */
export function read(search, facets, group) {
  const given = new URLSearchParams(search);
  const chosen = {};
  for (const key of facets) if (given.get(key)) chosen[key] = given.get(key);
  return {
    find: given.get("find") ?? "",
    sort: given.get("sort") ?? "",
    group: given.get("group") || group,
    overdue: given.get("overdue") === "1",
    chosen,
  };
}

/* The same query as the end of an address; what is as at first is not written. */
export function write(query, group) {
  const given = new URLSearchParams(query.chosen);
  if (query.find) given.set("find", query.find);
  if (query.overdue) given.set("overdue", "1");
  if (query.sort) given.set("sort", query.sort);
  if (query.group !== group) given.set("group", query.group);
  return given.size ? `?${given}` : "";
}

export const plain = (query, group) => write(query, group) === "";

const numbers = (held) => (Array.isArray(held) ? held : [held]);

/* The column that a query sorts by. */
export const sorted = (query) => query.sort.replace(/^-/, "");

/* Numbers of the rows that a query asks for, in the order that it asks for. */
export function answer(index, query) {
  const words = fold(query.find).split(/\s+/).filter(Boolean);
  const tests = Object.entries(query.chosen).map(([key, value]) => {
    const facet = index.facets[key];
    const wanted = index.choices[key].findIndex(([one]) => one === value);
    return (row) => wanted >= 0 && numbers(facet[row]).includes(wanted);
  });
  if (query.overdue) {
    const day = today();
    tests.push((row) => index.due[row] !== "" && index.due[row] < day);
  }
  tests.push(...words.map((word) => (row) => index.text[row].includes(word)));
  const found = [...Array(index.count).keys()].filter((row) => tests.every((test) => test(row)));
  return found.sort(order(index, query));
}

/* By group, then as sorted, then as listed. Empty values come last, whichever way the others go. */
function order(index, query) {
  const keys = [];
  const group = index.ranks[query.group];
  if (group) keys.push([group, index.newest.includes(query.group)]);
  const sort = index.ranks[sorted(query)];
  if (sort) keys.push([sort, query.sort.startsWith("-")]);
  return (one, other) => {
    for (const [ranks, down] of keys) {
      const [a, b] = [ranks[one], ranks[other]];
      if (a === b) continue;
      if (a < 0 || b < 0) return b - a;
      return down ? b - a : a - b;
    }
    return one - other;
  };
}

/* Name of the group that a row stands in. */
export function label(index, group, row) {
  const known = index.choices[group];
  return numbers(index.facets[group][row]).map((number) => known[number][1]).join(", ") || "None";
}
