/* Asks Pagefind. Its bundles are merged as they are needed: the portal's and the newest releases' first. */

import { data, root } from "./site.js";

const FIRST = 50; // releases that a first query asks at least
const NEAR = 1.15; // how much better a page may match than another that counts as alike
const COMMON = new Set("a an and are as at be by for from has have in is it its no not of on or that the this to was were with".split(" "));
/* How much a page is worth for being short: less than at first, for a runbook says much, and is what is looked for. */
const OPTIONS = { baseUrl: root.pathname, excerptLength: 26, ranking: { pageLength: 0.5 } };

let engine;
const merged = new Map([[0, Promise.resolve()]]);

async function start() {
  const pagefind = await import(new URL("search/0/pagefind.js", root));
  await pagefind.options({ ...OPTIONS, noWorker: true });
  await pagefind.init();
  return pagefind;
}

/* A word is rare in the few pages of the portal, and would count for more there than in the releases. */
function merge(pagefind, number, weight) {
  if (!merged.has(number)) {
    const path = new URL(`search/${number}/`, root).pathname;
    merged.set(number, pagefind.mergeIndex(path, { ...OPTIONS, indexWeight: weight }));
  }
  return merged.get(number);
}

export const manifest = () => data("search/manifest.json");

/* Number of the bundle that holds rules and record types, of no release; -1 without one. */
export const reference = (bundles) => bundles.findLastIndex((some, number) => number > 0 && !some.length);

/* Numbers of the bundles that hold the newest releases: as few as hold enough of them. */
export function newest(bundles) {
  const wanted = [];
  for (let number = bundles.length - 1, held = 0; number > 0 && held < FIRST; number--) {
    if (!bundles[number].length) continue;
    wanted.push(number);
    held += bundles[number].length;
  }
  return wanted;
}

/* Whether records of a type are on a page, by the page's path below its release. */
const shows = (type, path) => path === type.page || (type.name === "runbook" && path.startsWith(type.page));

const asked = (types, { phase, type }) =>
  types.filter((one) => (!phase || one.phase === Number(phase)) && (!type || one.name === type));

/* What is known of the pages of some bundles before any is loaded: by its name, the release and the path of each. */
async function known(bundles, numbers) {
  const places = new Map();
  for (const number of numbers.filter((one) => bundles[one].length)) {
    const { language, pages } = await data(`search/${number}/pages.json`);
    for (const [path, names] of Object.entries(pages)) {
      names.split(" ").forEach((name, at) => {
        if (name !== "-") places.set(`${language}_${name}`, { path, release: bundles[number][at], age: [number, at] });
      });
    }
  }
  return places;
}

function fits(place, types, filter) {
  if (!place) return !(filter.release || filter.phase || filter.type);
  if (filter.release && place.release !== filter.release) return false;
  return !(filter.phase || filter.type) || asked(types, filter).some((one) => shows(one, place.path));
}

/* The best first. Of those that match nearly as well as the best of them, runbooks come first, for who asks in a hurry
   asks for one, then the portal's own pages, then the newest release's: releases resemble each other. */
function ordered(results, places) {
  const rank = ({ id }) => {
    const place = places.get(id);
    if (!place) return [1, 0, 0];
    return [/^runbooks\/./.test(place.path) ? 2 : 0, ...place.age];
  };
  const alike = [];
  for (const one of results.sort((a, b) => b.score - a.score)) {
    const group = alike.at(-1);
    if (group && one.score * NEAR > group[0].score) group.push(one);
    else alike.push([one]);
  }
  return alike.flatMap((group) =>
    group.sort((one, other) => {
      const [a, b] = [rank(one), rank(other)];
      return b[0] - a[0] || b[1] - a[1] || b[2] - a[2];
    }),
  );
}

/* Words that every page has tell pages apart by nothing, and cost as much to look up as others. */
function telling(text) {
  if (text.includes('"')) return text;
  const words = text.split(/\s+/).filter((word) => !COMMON.has(word.toLowerCase()));
  return words.join(" ") || text;
}

/* How well a section matches: different words that stand together in it, then how much is said of them. */
function weight(part) {
  const together = part.excerpt.match(/<mark>.*?<\/mark>/g) ?? [];
  const words = new Set(together.map((mark) => mark.toLowerCase().replace(/<\/?mark>|[^\p{L}\p{N}]/gu, "")));
  const said = part.weighted_locations.reduce((sum, one) => sum + one.balanced_score, 0);
  return words.size * 1000 + Math.min(said, 999);
}

/* Sections of a page that match, the best first, without those that show other types than the filter asks for. */
function sections(page, types, filter) {
  const wanted = new Set(asked(types, filter).map((one) => one.name));
  const known = new Set(types.map((one) => one.name));
  const heads = page.anchors.filter((anchor) => known.has(anchor.id) && /h\d/i.test(anchor.element));
  const parts = [...page.sub_results].sort((one, other) => weight(other) - weight(one));
  if (!(filter.phase || filter.type) || !heads.length) return parts;
  return parts.filter((one) => {
    const head = heads.findLast((anchor) => one.anchor && anchor.location <= one.anchor.location);
    return head && wanted.has(head.id);
  });
}

/* Searches some bundles. Gives how many pages were found, and a way to load them some at a time, in order. */
export async function search(text, filter, numbers) {
  const { bundles, types } = await manifest();
  engine ??= start();
  engine.catch(() => (engine = undefined));
  const pagefind = await engine;
  const [places] = await Promise.all([known(bundles, numbers), ...numbers.map((number) => merge(pagefind, number, bundles[number].length ? 2 : 1))]);
  const found = await pagefind.search(telling(text));
  const results = ordered(found.results.filter((one) => fits(places.get(one.id), types, filter)), places);
  let next = 0;
  async function more(count) {
    const pages = await Promise.all(results.slice(next, next + count).map((one) => one.data()));
    next += count;
    const told = pages.map((page) => ({ url: page.url, title: page.meta.title, parts: sections(page, types, filter) }));
    return told.filter((page) => page.parts.length);
  }
  return { count: results.length, more, left: () => Math.max(0, results.length - next) };
}
