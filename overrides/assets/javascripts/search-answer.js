/* Answers what was typed: ids at once, then pages, then what else can be done. */

import { button, make } from "./site.js";
import { lookUp } from "./search-ids.js";
import { ids, page } from "./search-results.js";
import { newest, reference, search } from "./search-text.js";

const STEP = 5; // pages that are shown at a time
const LEAST = 2; // letters that it takes to ask

const many = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
const HINTS = [
  "Words are looked for on every page. A ticket, control, risk, exception, action, incident, version, person or rule is found by its id, or the ids that begin as you type; a commit or a digest by its first seven digits.",
  "Arrows go through what is found, Enter opens it, Escape closes.",
];

/* One search at a time, written into `found` and told in `status`. `filter` is null where no page is indexed. */
export class Answer {
  constructor({ bundles }, filter, found, status) {
    Object.assign(this, { bundles, filter, found, status, turn: 0 });
  }

  hint() {
    this.turn++;
    this.status.textContent = "";
    this.found.replaceChildren(...HINTS.map((text) => make("p", { className: "rp-search__hint" }, text)));
  }

  /* Answers a text from some bundles: those of the release that is chosen, or else the newest ones. */
  async ask(text, numbers = this.wanted()) {
    if (text.length < LEAST) return this.hint();
    const mine = ++this.turn;
    this.status.textContent = "Searching";
    try {
      const named = await lookUp(text);
      if (mine !== this.turn) return;
      const word = !named.begun && named.places.every((one) => one.kind === "record type"); // which is looked for as a word
      const first = named.places.length && !word ? [ids(named)] : [];
      if (first.length) this.found.replaceChildren(...first);
      const pages = this.filter ? await this.pages(text, numbers, first.length > 0 && !named.begun) : { count: 0, parts: [] };
      if (mine !== this.turn) return;
      const last = named.places.length && word ? [ids(named)] : [];
      const parts = [...first, ...pages.parts, ...last];
      this.found.replaceChildren(...(parts.length ? parts : [this.nothing(text, numbers)]));
      this.found.scrollTop = 0;
      this.status.textContent = this.told(named, pages.count, numbers);
    } catch {
      if (mine !== this.turn) return;
      this.found.replaceChildren();
      this.status.textContent = "The search could not be loaded. It needs the portal's web server.";
    }
  }

  wanted() {
    if (!this.filter) return [];
    const { release } = this.filter.value();
    if (!release) return newest(this.bundles);
    return [this.bundles.findIndex((some) => some.includes(release))].filter((at) => at > 0);
  }

  /* An id is looked for as it stands: its parts would be found everywhere. */
  async pages(text, numbers, exact) {
    const list = make("ol", { className: "rp-hits", "aria-label": "Pages" });
    const answer = await search(exact ? `"${text}"` : text, this.filter.value(), numbers);
    await add(answer, list);
    if (!list.children.length) return { count: 0, parts: [] };
    const foot = make("div", { className: "rp-search__more" });
    this.fillFoot(foot, text, answer, list, numbers);
    return { count: answer.left() ? answer.count : list.children.length, parts: [list, foot] };
  }

  fillFoot(foot, text, answer, list, numbers) {
    const buttons = this.older(text, numbers);
    if (answer.left()) {
      const label = `Show ${Math.min(STEP, answer.left())} more`;
      buttons.unshift(
        button(label, "rp-button", async () => {
          const last = list.lastElementChild;
          await add(answer, list);
          this.fillFoot(foot, text, answer, list, numbers);
          (last.nextElementSibling ?? last).querySelector("a").focus();
        }),
      );
    }
    foot.replaceChildren(...buttons);
  }

  /* Numbers with that of the reference, where it can be asked and is not yet; else nothing. */
  further(numbers) {
    const at = reference(this.bundles);
    if (at < 0 || numbers.includes(at) || !this.filter || this.filter.chosen()) return undefined;
    return [...numbers, at];
  }

  /* How many releases some bundles leave out; none where one release is asked for. */
  rest(numbers) {
    if (!this.filter || this.filter.value().release) return 0;
    return this.bundles.reduce((sum, some, at) => sum + (numbers.includes(at) ? 0 : some.length), 0);
  }

  older(text, numbers) {
    const buttons = [];
    if (this.rest(numbers)) {
      const next = this.bundles.findLastIndex((some, at) => some.length && !numbers.includes(at));
      const label = `Search ${many(this.bundles[next].length, "older release")}`;
      buttons.push(button(label, "rp-button", () => this.ask(text, [...numbers, next])));
    }
    const further = this.further(numbers);
    if (further) buttons.push(button("Search rules and record types", "rp-button", () => this.ask(text, further)));
    return buttons;
  }

  nothing(text, numbers) {
    const advice = this.filter
      ? "Fewer words find more. A commit needs its first seven digits."
      : "The pages of this portal are not indexed. Ids are found all the same; a commit needs its first seven digits.";
    const ways = this.older(text, numbers);
    if (this.filter?.chosen()) {
      ways.unshift(button("Search without the filter", "rp-button", () => (this.filter.clear(), this.ask(text))));
    }
    const parts = [make("p", {}, `Nothing has “${text}”.`), make("p", {}, advice)];
    return make("div", { className: "rp-search__nothing" }, ...parts, ...ways);
  }

  told({ places, begun, more }, pages, numbers) {
    const parts = [];
    if (places.length && begun) parts.push(`${more ? "more than " : ""}${many(places.length, "id")} ${places.length === 1 ? "begins" : "begin"} so`);
    else if (places.length) parts.push(`${many(places.length, "place")} by id`);
    if (pages) parts.push(many(pages, "page"));
    if (!parts.length) return "Nothing found";
    parts[0] = parts[0][0].toUpperCase() + parts[0].slice(1);
    if (!this.rest(numbers)) return parts.join(", ");
    const asked = numbers.reduce((sum, at) => sum + this.bundles[at].length, 0);
    return `${parts.join(", ")} in the newest ${many(asked, "release")}`;
  }
}

/* Adds the next pages to a list. A filter may leave nothing of some of them. */
async function add(answer, list) {
  const goal = list.children.length + STEP;
  while (answer.left() && list.children.length < goal) {
    list.append(...(await answer.more(goal - list.children.length)).map(page));
  }
}
