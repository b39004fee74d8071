// The search page: its address ⇄ its form ⇄ the results. Without it the form and the lists below stay as they are.

const module = import(document.querySelector("script[data-search-module]").src);
const form = document.querySelector("form.finder"), status = document.querySelector("#status"), also = document.querySelector("#also");
const list = document.querySelector("#results"), more = document.querySelector("#more"), narrow = document.querySelector("#narrow"), panel = document.querySelector("#facets");
const lists = document.querySelector("#lists"), options = document.querySelector("#suggestions");
const words = JSON.parse(form.dataset.words), heading = document.title;
const FACETS = ["kind", "status", "type", "issuer", "level", "topic", "field", "audience", "region", "year"], PAGE = 10;
let shown = PAGE, run = 0, results = [], labels = {};

const make = (name, props = {}, ...children) => { const node = Object.assign(document.createElement(name), props); node.append(...children); return node; };
const locale = document.documentElement.lang === "en" ? "en-GB" : "zh-CN", called = (name) => words.names?.[name] ?? name;
const say = (word, values) => word.replace(/{(\w+)}/g, (_, name) => values[name].toLocaleString(locale, { useGrouping: locale === "en-GB" }));
const dated = (word, day) => day && say(word, { day: new Date(day).toLocaleDateString(locale, { dateStyle: "long", timeZone: "UTC" }) });

// ---- the state: address → form → wish, and back

function fill(params) {
  form.q.value = params.get("q") ?? "";
  for (const name of ["sort", "scope"]) form[name].value = [...form[name].options].some((option) => option.value === params.get(name)) ? params.get(name) : form[name].options[0].value;
  form.current.checked = params.get("current") === "1";
  shown = Math.max(PAGE, Math.min(1000, Number(params.get("n")) || 0));
  panel.replaceChildren(...FACETS.flatMap((name) => params.getAll(name).map((value) => make("input", { type: "checkbox", name, value, checked: true, hidden: true }))));
}

function wish() {
  const data = new FormData(form), filters = {};
  for (const name of FACETS) if (data.getAll(name).length) filters[name] = data.getAll(name);
  const picked = { ...filters };
  if (data.get("current")) filters.status = ["in_force"];
  return { query: data.get("q") ?? "", filters, picked, sort: data.get("sort"), scope: data.get("scope") };
}

function address(query) {
  const params = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const plain = ["sort", "scope"].includes(name) && value === form[name].options[0].value;
    if (value && !plain) params.append(name, name === "q" ? query ?? value : value);
  }
  if (shown > PAGE) params.append("n", shown);
  return `${params}` ? `?${params}` : location.pathname;
}

// ---- showing

async function show(push) {
  const mine = ++run, { query, filters, picked, sort, scope } = wish();
  if (push) { shown = PAGE; history.pushState(null, "", address()); }
  document.title = query.trim() ? `${query.trim()} - ${heading}` : heading;
  if (!query.trim() && !Object.keys(filters).length) return clear("");
  status.textContent = words.searching;
  list.setAttribute("aria-busy", "true");
  try {
    const engine = await module, found = await engine.search(query, { filters, sort, scope });
    labels = words.states ?? await engine.labels();
    if (mine !== run) return;
    results = found.results;
    lists.hidden = found.total > 0;
    status.textContent = (!found.total ? words.nothing : say(found.near ? words.near : words.found, found)) + (found.total && found.prefix ? words.single : "");
    lead(found.also);
    facets(found.facets, picked);
    list.replaceChildren(...results.slice(0, shown).map(entry));
    more.hidden = results.length <= shown;
    list.setAttribute("aria-busy", "false");
  } catch (error) {
    if (mine !== run) return;
    console.warn(error);
    clear(words.broken);
  }
}

function clear(text) {
  status.textContent = text;
  results = [];
  also.replaceChildren();
  list.replaceChildren();
  list.setAttribute("aria-busy", "false");
  more.hidden = true;
  lists.hidden = false;
  narrow.hidden = true;
  if (!text) panel.replaceChildren();
}

function lead(found) {
  const links = found.map(({ word, query, total }) => make("a", { href: address(query), lang: "zh-CN" }, `${word}（${total}）`));
  also.replaceChildren(...links.flatMap((link, n) => [n ? "、" : words.also, link]));
}

function entry(result) {
  // The same table serves every language: the page of a result lies beside this one.
  const url = new URL(`..${result.address}`, location).href, { states } = words;
  const link = make("a", { className: "card-title", href: url, lang: "zh-CN" }, result.title), text = make("p", { className: "excerpt", lang: "zh-CN" });
  const said = [[result.number, "zh-CN"], [result.issuer, "zh-CN"], [dated(words.published, result.published)], [dated(words.effective, result.effective)], [called(result.kind)]];
  const line = make("p", { className: "card-facts" });
  if (result.status) line.append(make("span", { className: `state state-${result.status}` }, states ? states[result.status] + (states[`-${result.mark}`] ?? "") : result.state));
  line.append(...said.filter(([word]) => word).map(([word, lang]) => make("span", lang ? { lang } : {}, word)));
  result.passage().then(({ text: passage, ranges, anchor }) => {
    let at = 0;
    for (const [from, to] of ranges) { text.append(passage.slice(at, from), make("mark", {}, passage.slice(from, to))); at = to; }
    text.append(passage.slice(at));
    if (anchor && !url.includes("#")) link.href = `${url}#${anchor}`;
  }).catch(() => text.remove());
  return make("li", {}, link, line, text);
}

// Counts change with every choice; what was open stays open, and the keyboard stays where it was.
function facets(counts, picked) {
  const first = narrow.hidden, wide = matchMedia("(min-width: 64rem)").matches, { name: at, value } = document.activeElement;
  const open = new Set([...panel.querySelectorAll("details[open]")].map((one) => one.dataset.name));
  panel.replaceChildren(...FACETS.flatMap((name) => {
    const mine = new Set(picked[name]), rows = Object.entries(counts[name] ?? {}).sort(order(name));
    for (const one of mine) if (!rows.some(([key]) => key === one)) rows.unshift([one, 0]);
    if (rows.length < 2 && !mine.size) return [];
    const set = make("fieldset", {}, make("legend", { className: "quiet" }, words[name]));
    const box = ([key, count]) => make("label", {}, make("input", { type: "checkbox", name, value: key, checked: mine.has(key) }), term(name, key), make("span", { className: "count" }, String(count)));
    const fold = make("details", { open: mine.size > 0 || open.has(name) || (first && wide && (name === "kind" || name === "status")) }, make("summary", {}, words[name]), set);
    // A thousand issuers are drawn when someone looks at them.
    const draw = () => { if (fold.open && set.children.length < 2) set.append(...rows.map(box)); };
    fold.dataset.name = name;
    fold.addEventListener("toggle", draw);
    draw();
    return [fold];
  }));
  narrow.hidden = !panel.children.length;
  if (first) narrow.open = wide || Object.keys(picked).length > 0;
  if (Object.keys(picked).length) panel.append(make("button", { type: "button", id: "unpick", onclick: unpick }, words.unpick));
  [...panel.querySelectorAll("input")].find((one) => one.name === at && one.value === value)?.focus();
}

// What this language has no word for stays Chinese, and is read aloud as such.
function term(name, key) {
  const said = name === "status" ? labels[key] ?? key : called(key);
  return make("span", said === key && name !== "year" ? { lang: "zh-CN" } : {}, said);
}

function order(name) {
  const states = Object.keys(labels);
  if (name === "year") return (a, b) => b[0] - a[0];
  if (name === "status") return (a, b) => states.indexOf(a[0]) - states.indexOf(b[0]);
  return (a, b) => b[1] - a[1];
}

function unpick() {
  for (const box of panel.querySelectorAll("input")) box.checked = false;
  status.focus();
  show(true);
}

// ---- what the reader does

form.addEventListener("submit", (event) => { event.preventDefault(); show(true); });
form.addEventListener("change", (event) => { if (event.target !== form.q) show(true); });
addEventListener("popstate", () => { fill(new URLSearchParams(location.search)); show(); });

more.addEventListener("click", () => {
  const items = results.slice(shown, shown + PAGE).map(entry);
  shown += PAGE;
  history.replaceState(null, "", address());
  list.append(...items);
  more.hidden = results.length <= shown;
  items[0].querySelector("a").focus();
});

also.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  form.q.value = new URLSearchParams(link.search).get("q");
  status.focus();
  show(true);
});

form.q.addEventListener("input", async () => {
  const near = await module.then((engine) => engine.suggest(form.q.value)).catch(() => []);
  options.replaceChildren(...near.map(([value, label]) => make("option", { value, label })));
});

fill(new URLSearchParams(location.search));
show();
