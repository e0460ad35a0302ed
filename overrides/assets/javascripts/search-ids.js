/* Looks ids up: whole ones, and commits and digests by their first seven digits or more. */

import { data } from "./site.js";

const HEX = /^[0-9a-f]{7,64}$/;

/* An id as it is compared; the files were made by the same rule. */
export const keyOf = (text) => text.normalize("NFKC").toLowerCase().trim().replace(/\s+/gu, " ");

/* Number of the file that holds an id: FNV-1a of it, or of the digits that it must at least be typed with. */
export function shard(key, count) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(HEX.test(key) ? key.slice(0, 7) : key)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash % count;
}

/* Places of an id, as {text, kind, release, title, uri}; `all` leads to a register where there are more. */
export async function lookUp(text) {
  const key = keyOf(text);
  if (!key) return { places: [] };
  const { shards } = await data("search/ids/index.json");
  const entries = await data(`search/ids/${shard(key, shards)}.json`);
  const begun = HEX.test(key) ? Object.keys(entries).filter((one) => one.startsWith(key)) : [];
  const found = Object.hasOwn(entries, key) ? [entries[key]] : begun.map((one) => entries[one]);
  const places = found.flatMap((entry) => entry.places);
  return {
    places: places.map(([text, kind, release, title, uri]) => ({ text, kind, release, title, uri })),
    count: found[0]?.count ?? places.length,
    all: found[0]?.all,
  };
}
