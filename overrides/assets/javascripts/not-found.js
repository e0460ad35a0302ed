/* Tells a lost reader what the address lacks, and lists the newest releases before the link to all of them. */

import { data, make, root } from "./site.js";

const MOST = 10;
const list = document.querySelector(".rp-lost__releases");

function item({ version, title, aliases, properties: { phase } }) {
  const rest = title.startsWith(`${version} `) ? title.slice(version.length) : "";
  const link = make("a", { href: new URL(`releases/${version}/`, root).href }, make("span", { className: "rp-version" }, version), rest);
  const state = aliases.includes("production") ? "in production" : phase === "withdrawn" ? "withdrawn" : "";
  return make("li", {}, link, state ? make("span", { className: "rp-muted" }, ` ${state}`) : "");
}

/* Text as the address means it; what is no such text stays as it is. */
function decoded(text) {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}

/* What a release lacks, or that there is none; nothing for an address that names none. */
function lack(releases) {
  const path = decoded(location.pathname.slice(root.pathname.length));
  const [, version, page] = /^releases\/([^/]+)\/?(.*)$/.exec(path) ?? [];
  if (!version || !/^\d/.test(version)) return "";
  if (releases.some((one) => one.version === version)) return page ? `Release ${version} has no page “${page}”.` : "";
  return `This portal has no release ${version}.`;
}

if (list) {
  const releases = await data("releases/versions.json");
  list.prepend(...releases.slice(0, MOST).map(item));
  const said = lack(releases);
  if (said) document.querySelector(".rp-lost").textContent = said;
}
