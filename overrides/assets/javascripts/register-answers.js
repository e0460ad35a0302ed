/* A row lists the newest answers to a control. Who asks for a release sees what that one answered, too. */

import { fold } from "./register-query.js";
import { fetched } from "./register-rows.js";

const ANSWERS = { "met as stated": "claimed", met: "done", failed: "missing", "not applicable": "not-applicable" };
const WORDS = Object.keys(ANSWERS).join("|");

/* Puts the answer of a release before "and so many more", in rows that have it there; others are left as they are. */
export async function addAnswers(release, rows) {
  for (const [, row] of rows) row.querySelectorAll("[data-rp-answered]").forEach((one) => one.remove());
  const short = rows.filter(([, row]) => row.querySelector("[data-rp-answers]"));
  if (!short.length) return;
  const text = await fetched("text.json");
  const answer = new RegExp(`(?:^|[ ;])${RegExp.escape?.(fold(release)) ?? fold(release).replace(/[.+]/g, "\\$&")} (${WORDS})(?![a-z])`);
  for (const [number, row] of short) {
    const more = row.querySelector("[data-rp-answers]");
    const links = [...more.parentElement.querySelectorAll("a")];
    const found = text[number].match(answer);
    if (found && !links.some((link) => link.textContent.trim() === release)) more.before(item(release, found[1], links[0]));
  }
}

function item(release, word, beside) {
  const made = document.createElement("li");
  made.dataset.rpAnswered = "";
  const link = beside.cloneNode(true);
  link.href = beside.getAttribute("href").replace(`/${beside.textContent.trim()}/`, `/${release}/`);
  link.firstElementChild.textContent = release;
  const status = document.createElement("span");
  status.className = `rp-status rp-status--${ANSWERS[word]}`;
  status.textContent = word[0].toUpperCase() + word.slice(1);
  made.append(link, " ", status);
  return made;
}
