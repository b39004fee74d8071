// The search page: its address ⇄ its form ⇄ the results. Without it the form and the lists below stay as they are.

const module = document.querySelector("script[data-search-module]");
const { search, titles, normalise, labels } = await import(module.src);
const form = document.querySelector("form.finder"), status = document.querySelector("#status"), list = document.querySelector("#results");
const panel = document.querySelector("#facets"), lists = document.querySelector("#lists"), words = JSON.parse(form.dataset.words);
const FACETS = ["kind", "status", "type", "issuer", "level", "topic", "field", "audience", "region", "year"], PAGE = 10;
const wide = matchMedia("(min-width: 64rem)");
let shown = PAGE, run = 0;

const make = (name, props = {}, ...children) => { const node = Object.assign(document.createElement(name), props); node.append(...children); return node; };

function read() {
  const data = new FormData(form), filters = {};
  for (const name of FACETS) if (data.getAll(name).length) filters[name] = data.getAll(name);
  if (data.get("current")) filters.status = ["in_force"];
  return { query: data.get("q") ?? "", filters, sort: data.get("sort") ?? "relevance", scope: data.get("scope") ?? "text" };
}

function fill(params) {
  form.q.value = params.get("q") ?? "";
  for (const name of ["sort", "scope"]) if ([...form[name].options].some((o) => o.value === params.get(name))) form[name].value = params.get(name);
  form.current.checked = params.get("current") === "1";
  panel.replaceChildren();
  for (const name of FACETS) for (const value of params.getAll(name)) panel.append(make("input", { type: "checkbox", name, value, checked: true, hidden: true }));
}

function address() {
  const params = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value && !(name === "sort" && value === "relevance") && !(name === "scope" && value === "text")) params.append(name, value);
  return params.toString() ? `?${params}` : location.pathname;
}

async function show(push) {
  const mine = ++run, wish = read();
  if (push) history.pushState(null, "", address());
  if (!wish.query.trim() && !Object.keys(wish.filters).length) { list.replaceChildren(); panel.replaceChildren(); status.textContent = ""; lists.hidden = false; return; }
  status.textContent = words.searching;
  try {
    const found = await search(wish.query, wish);
    if (mine !== run) return;
    lists.hidden = found.total > 0;
    status.textContent = !found.total ? words.nothing : (found.near ? words.near : words.found).replace("{total}", found.total);
    if ([...normalise(wish.query)].length === 1 && found.total) status.textContent += words.single;
    facets(found.facets, wish.filters);
    const items = found.results.slice(0, shown).map(entry);
    if (found.total > shown) items.push(make("li", { className: "more" }, make("button", { type: "button", onclick: () => { shown += PAGE; show(); } }, words.more)));
    list.replaceChildren(...items);
  } catch (error) {
    if (mine !== run) return;
    console.warn(error);
    lists.hidden = false;
    list.replaceChildren();
    status.textContent = words.broken;
  }
}

function entry(result) {
  const link = make("a", { className: "card-title", href: result.url }, result.title), text = make("p", { className: "excerpt" });
  const said = [result.kind, result.number, result.issuer, result.published && result.published + words.published].filter(Boolean);
  const line = make("p", { className: "card-facts" });
  if (result.status) line.append(make("span", { className: `state state-${result.status}` }, result.state));
  line.append(...said.map((word) => make("span", {}, word)));
  result.passage().then(({ text: words, ranges, anchor }) => {
    let at = 0;
    for (const [from, to] of ranges) { text.append(words.slice(at, from), make("mark", {}, words.slice(from, to))); at = to; }
    text.append(words.slice(at));
    if (anchor && !result.url.includes("#")) link.href = `${result.url}#${anchor}`;
  }).catch(() => text.remove());
  return make("li", {}, link, line, text);
}

function facets(counts, chosen) {
  panel.replaceChildren(...FACETS.flatMap((name) => {
    const picked = new Set([].concat(chosen[name] ?? []));
    const rows = Object.entries(counts[name] ?? {}).sort((a, b) => (name === "year" ? b[0] - a[0] : name === "status" ? Object.keys(labels).indexOf(a[0]) - Object.keys(labels).indexOf(b[0]) : b[1] - a[1]));
    for (const value of picked) if (!rows.some(([key]) => key === value)) rows.unshift([value, 0]);
    if (rows.length < 2 && !picked.size) return [];
    const boxes = rows.slice(0, 30).map(([value, count]) => make("label", {}, make("input", { type: "checkbox", name, value, checked: picked.has(value) }), ` ${name === "status" ? labels[value] ?? value : value} `, make("span", { className: "count" }, String(count))));
    return [make("details", { open: picked.size > 0 || (wide.matches && (name === "kind" || name === "status")) }, make("summary", {}, words[name]), make("fieldset", {}, make("legend", { className: "quiet" }, words[name]), ...boxes))];
  }));
}

form.addEventListener("submit", (event) => { event.preventDefault(); shown = PAGE; show(true); });
form.addEventListener("change", (event) => { if (event.target !== form.q) { shown = PAGE; show(true); } });
addEventListener("popstate", () => { shown = PAGE; fill(new URLSearchParams(location.search)); show(); });

let known;
form.q.addEventListener("input", async () => {
  const typed = normalise(form.q.value), options = document.querySelector("#suggestions");
  if ([...typed].length < 2) return options.replaceChildren();
  known ??= titles().catch(() => []);
  const near = (await known).filter(([, number, plain]) => plain.includes(typed) || normalise(number).includes(typed)).slice(0, 8);
  options.replaceChildren(...near.map(([title, number]) => make("option", { value: title, label: number || title })));
});

fill(new URLSearchParams(location.search));
show();
