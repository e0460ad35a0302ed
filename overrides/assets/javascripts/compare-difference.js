/* What differs between the facts of two releases: by key, as _difference.py says for a release and the one before it. */

const byKey = (list) => new Map(list.map((one) => [one.key, one]));

/* Facts that share a row: in brief those with one value, else each has its own. */
function alike(brief, facts) {
  const found = new Map();
  for (const fact of facts) {
    const name = brief ? fact.value : fact.key;
    found.set(name, [...(found.get(name) ?? []), fact]);
  }
  return [...found.values()];
}

/* First what changed, then what is new, then what is gone. */
function rows({ words, brief }, before, after) {
  const [old, now] = [byKey(before), byKey(after)];
  const changed = after.filter((fact) => old.has(fact.key) && old.get(fact.key).value !== fact.value);
  const added = alike(brief, after.filter((fact) => !old.has(fact.key)));
  const gone = alike(brief, before.filter((fact) => !now.has(fact.key)));
  return [
    ...changed.map((fact) => ({
      word: words.changed,
      facts: [fact],
      before: old.get(fact.key).value,
      after: fact.value,
    })),
    ...added.map((facts) => ({ word: words.new, facts, after: facts[0].value })),
    ...gone.map((facts) => ({ word: words.gone, facts, before: facts[0].value })),
  ];
}

function compared(section, before, after) {
  const [old, now] = [byKey(before), byKey(after)];
  return [...new Set([...now.keys(), ...old.keys()])].map((key) => {
    const [earlier, later] = [old.get(key), now.get(key)];
    if (!earlier) return { title: later.title, rows: [], only: "after", size: later.facts.length };
    if (!later) return { title: earlier.title, rows: [], only: "before", size: earlier.facts.length };
    return { title: later.title, rows: rows(section, earlier.facts, later.facts), only: "" };
  });
}

/* What the releases on the way brought, each group once, in their order. */
function added(way, name) {
  const groups = new Map();
  for (const { version, sections } of way) {
    for (const { key, title, facts } of sections[name]) {
      if (!groups.has(key)) groups.set(key, { title, rows: [], only: "" });
      groups.get(key).rows.push(...facts.map((fact) => ({ facts: [fact], after: fact.value, version })));
    }
  }
  return [...groups.values()];
}

/* `way` are the facts of the releases after `from`, up to and with the newer one, oldest first. */
export function differences(sections, from, way) {
  const to = way.at(-1);
  return sections.map((section) => {
    const { name, adds } = section;
    const [before, after] = [from.sections[name], to.sections[name]];
    const all = adds ? added(way, name) : compared(section, before, after);
    const groups = all
      .filter((one) => one.rows.length || one.only)
      .map((one) => ({ ...one, count: one.only ? 1 : one.rows.flatMap((row) => row.facts).length }));
    const count = groups.reduce((sum, one) => sum + one.count, 0);
    const recorded = adds ? all.length > 0 : before.length + after.length > 0;
    return { section, groups, count, recorded };
  });
}
