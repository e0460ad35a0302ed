/* Looks ids up: whole ones, those that begin as it was typed, and commits and digests by seven digits or more. */

import { data } from "./site.js";

const HEX = /^[0-9a-f]{7,64}$/;
const MOST = 8; // ids that are shown where only their beginning was typed
const inOrder = new Intl.Collator("en", { numeric: true }).compare;

/* An id as it is compared; the files were made by the same rule. */
export const keyOf = (text) => text.normalize("NFKC").toLowerCase().trim().replace(/\s+/gu, " ");

/* Number of the file that holds a commit or a digest: FNV-1a of the digits that it must at least be typed with. */
export function shard(key, count) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(key.slice(0, 7))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % count;
}

/* Number of the file that holds another id: the last one that starts no later. */
export const fileOf = (key, starts) => starts.findLastIndex((start) => start <= key);

const hex = (number) => data(`search/ids/hex-${number}.json`);
const from = (number) => data(`search/ids/from-${number}.json`);
const place = ([text, kind, release, title, uri]) => ({ text, kind, release, title, uri });

/* Ids that begin so, as [id, entry], from as many files as it takes to show enough of them. Words begin as ids do: an
   id that is meant by its beginning has a digit further on. */
async function beginning(key, starts) {
  const found = [];
  for (let number = fileOf(key, starts); number < starts.length && found.length <= MOST; number++) {
    if (starts[number] > key && !starts[number].startsWith(key)) break;
    const entries = Object.entries(await from(number));
    found.push(...entries.filter(([one]) => one.startsWith(key) && /\d/.test(one)));
  }
  return found.sort(([one], [other]) => inOrder(one, other));
}

/* Places of an id, as {text, kind, release, title, uri}; `all` leads to a register where there are more. Where no id is
   whole, the newest place of each that begins so, and whether there are `more`. */
export async function lookUp(text) {
  const key = keyOf(text);
  if (!key) return { places: [] };
  const { shards, starts } = await data("search/ids/index.json");
  const digits = HEX.test(key);
  const entries = digits ? await hex(shard(key, shards)) : await from(fileOf(key, starts));
  const begun = digits ? Object.keys(entries).filter((one) => one.startsWith(key)) : [];
  const found = Object.hasOwn(entries, key) ? [entries[key]] : begun.map((one) => entries[one]);
  const places = found.flatMap((entry) => entry.places.map(place));
  if (places.length) return { places, count: found[0].count ?? places.length, all: found[0].all };
  const some = digits ? [] : await beginning(key, starts);
  return { places: some.slice(0, MOST).map(([, entry]) => place(entry.places[0])), begun: true, more: some.length > MOST };
}
