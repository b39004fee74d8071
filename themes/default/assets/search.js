// A query → every document that contains it, found in the browser with no server. Start with `search`.
// Pagefind only finds; filters, counts, order and state come from the facts table, excerpts from the text itself.

const base = new URL("../search/", import.meta.url);
const STATES = { in_force: "现行有效", pending: "尚未施行", suspended: "暂停执行", replaced: "已有新文本", expired: "失效", repealed: "废止" };
const MARKS = { amended: "（已修改）", declared: "（来源标注）" };
const DIGITS = "零一二三四五六七八九";
let table, engines, folding, files = new Map();

// ---- analysis: the same rules as gongkai/search/analyze.py; shared vectors hold them together

export function normalise(text) {
  return text.normalize("NFKC").replace(/[\s\u200b\ufeff\x1c-\x1f\x85]+/g, "").toLowerCase();
}

function letter(character) {
  if (/^[0-9a-z\u3400-\u4dbf\u4e00-\u9fff]$/.test(character)) return character;
  const point = character.codePointAt(0);
  return String.fromCharCode(0xa000 + Math.floor(point / 1000), 0xa000 + (point % 1000));
}

export function tokens(line) {
  const letters = [...normalise(line)].map(letter);
  return letters.map((one, n) => one + (letters[n + 1] ?? "\ua48c"));
}

// ---- queries

function chinese(number) {
  let text = "", n = Number(number);
  if (n === 0 || n >= 10000) return number;
  for (const [unit, word] of [[1000, "千"], [100, "百"], [10, "十"], [1, ""]]) {
    const digit = Math.floor(n / unit) % 10;
    if (digit) text += (text && n >= unit * 10 && !Math.floor(n / unit / 10 % 10) ? "零" : "") + DIGITS[digit] + word;
  }
  return text.replace(/^一十/, "十").replace(/零+/g, "零");
}

// Number forms are variants of the query, never of the text: 第38条 is also searched as 第三十八条.
export function variants(term) {
  const found = new Set([term]);
  found.add(term.replace(/第(\d{1,4})(?=[条章节款项编])/g, (_, n) => "第" + chinese(n)));
  found.add(term.replace(/[[(【]((?:19|20)\d\d)[\])】]/g, "〔$1〕"));
  return [...found];
}

// Terms are separated by blanks; "…" is one term; -词 excludes.
export function parse(query) {
  const wanted = [], unwanted = [];
  for (const [, minus, straight, curly, plain] of query.slice(0, 500).matchAll(/(-?)(?:"([^"]*)"|“([^“”]*)”(?=\s|$))|([^\s"]+)/g)) {
    const without = plain === undefined ? minus === "-" : plain.startsWith("-") && plain.length > 1;
    const term = normalise(straight ?? curly ?? (without ? plain.slice(1) : plain));
    if (term) (without ? unwanted : wanted).push(term);
  }
  return { wanted, unwanted };
}

const bare = (number) => normalise(number).replace(/[^\da-z\u3400-\u9fff]|第|号/g, "");
const numbered = (query) => (/^.*[\u4e00-\u9fff].*(19|20)\d\d\D*\d+\D*$/.test(query) ? bare(query) : "");

// ---- data

async function json(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer.json();
}

async function facts() {
  table ??= json(new URL("facts.json", base)).then((data) => {
    const parts = new Map();
    data.rows.forEach((row, doc) => {
      row.plain = normalise(row[1]);
      row[5].forEach(([id], part) => parts.set(id, [doc, part]));
    });
    return { ...data, parts };
  });
  try { return await table; } catch (error) { table = undefined; throw error; }
}

async function loaded() {
  engines ??= facts().then(({ shards }) => Promise.all(shards.map(async (shard) => {
    const basePath = new URL(`index/${shard}/`, base).href;
    const module = await import(basePath + "pagefind.js");
    const page = document.documentElement, lang = page.lang;
    // The language is read while the instance is made; the page keeps its own.
    page.lang = "und";
    const engine = module.createInstance({ basePath, noWorker: true });
    page.lang = lang;
    await engine.init?.();
    return engine;
  })));
  try { return await engines; } catch (error) { engines = undefined; throw error; }
}

// Documents that contain `term`, each with the first of its parts that does.
async function containing(term, loose = false) {
  const { parts } = await facts(), found = new Map();
  const words = [...term].length === 1 ? letter(term) : tokens(term).slice(0, -1).join(" ");
  const query = loose || [...term].length === 1 ? words : `"${words}"`;
  for (const engine of await loaded()) {
    const answer = await engine.search(query);
    for (const { id } of answer?.results ?? []) {
      const [doc, part] = parts.get(id) ?? [];
      if (doc !== undefined && !(found.get(doc) <= part)) found.set(doc, part);
    }
  }
  return found;
}

async function documents(term, scope, loose) {
  const { rows } = await facts(), forms = variants(term), found = new Map();
  if (scope === "title" || scope === "number") {
    rows.forEach((row, doc) => {
      const text = scope === "title" ? row.plain : normalise(row[2]);
      if (forms.some((form) => text.includes(form)) || (scope === "number" && row[2] && bare(row[2]).includes(bare(term)))) found.set(doc, 0);
    });
    return found;
  }
  for (const form of forms) for (const [doc, part] of await containing(form, loose)) if (!(found.get(doc) <= part)) found.set(doc, part);
  return found;
}

// ":pending 2024-02-01:in_force 2026-01-01:expired" → the span that a day lies in, "" for what has no life.
function span(life, day) {
  return life && life.split(" ").map((one) => one.split(":")).filter(([first]) => first <= day).pop()[1];
}

export const state = ([, , life], day) => span(life, day).split("-")[0];

const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());

// The query in simplified characters. The table is loaded only when nothing was found as typed.
async function simplified(query) {
  const [...pairs] = await (folding ??= json(new URL("folding.json", base)));
  const table = new Map();
  for (let n = 0; n < pairs.length; n += 2) table.set(pairs[n], pairs[n + 1]);
  return [...query].map((c) => table.get(c) ?? c).join("");
}

// ---- the interface: search(query, {filters, sort, scope}) → {total, results, facets, near}

export async function search(query, { filters = {}, sort = "relevance", scope = "text", day = today() } = {}) {
  const { wanted, unwanted } = parse(query), { rows, facets: values } = await facts(), names = Object.keys(values);
  let hits = wanted.length || Object.keys(filters).length ? null : new Map(), near = false;
  const narrow = (found) => { hits = hits ? new Map([...hits].filter(([doc]) => found.has(doc)).map(([doc, part]) => [doc, Math.min(part, found.get(doc))])) : found; };
  for (const term of wanted) narrow(await documents(term, scope));
  hits ??= new Map(rows.map((_, doc) => [doc, 0]));
  const number = scope === "title" ? "" : numbered(normalise(query));
  const exact = number ? rows.flatMap((row, doc) => (row[2] && bare(row[2]) === number ? [doc] : [])) : [];
  exact.forEach((doc) => hits.set(doc, hits.get(doc) ?? 0));
  if (!hits.size && wanted.length) {
    const folded = await simplified(query);
    if (folded !== query) return search(folded, { filters, sort, scope, day });
  }
  if (!hits.size && wanted.length && scope === "text") {
    near = true;
    hits = null;
    for (const term of wanted) narrow(await documents(term, scope, true));
  }
  for (const term of unwanted) for (const doc of (await documents(term, scope)).keys()) hits.delete(doc);
  const status = (doc) => state(rows[doc][3], day);
  const facets = { status: {} };
  names.forEach((name) => (facets[name] = {}));
  const count = (name, value) => (facets[name][value] = (facets[name][value] ?? 0) + 1);
  const chosen = Object.entries(filters).map(([name, wish]) => [name, [].concat(wish)]);
  const has = (doc, name, value) => (name === "status" ? status(doc) === value : (rows[doc][4][names.indexOf(name)] ?? []).some((n) => values[name][n] === value));
  for (const doc of hits.keys()) {
    if (status(doc)) count("status", status(doc));
    names.forEach((name, n) => rows[doc][4][n].forEach((value) => count(name, values[name][value])));
  }
  const whole = wanted.join("");
  const rank = (doc) => exact.includes(doc) ? 4 : rows[doc].plain === whole ? 3 : wanted.every((term) => rows[doc].plain.includes(term)) ? 2 : 0;
  const lapsed = (doc) => (["expired", "repealed", "replaced"].includes(status(doc)) ? 1 : 0);
  // Among equals the document or the card itself comes before what speaks of it, and rows of a list come last.
  const plainly = (doc) => (/^\/(rules|cards)\//.test(rows[doc][0]) ? 0 : rows[doc][0].includes("#row-") ? 2 : 1);
  const date = { published: 0, effective: 1 }[sort] ?? 0;
  const later = (a, b) => (rows[b][3][date] > rows[a][3][date] ? 1 : rows[b][3][date] < rows[a][3][date] ? -1 : a - b);
  const order = (a, b) => (sort === "relevance" ? rank(b) - rank(a) || lapsed(a) - lapsed(b) || plainly(a) - plainly(b) || later(a, b) : later(a, b));
  const kept = [...hits.keys()].filter((doc) => chosen.every(([name, wish]) => !wish.length || wish.some((value) => has(doc, name, value)))).sort(order);
  const forms = wanted.flatMap(variants);
  return { total: kept.length, near, facets, results: kept.map((doc) => result(rows[doc], hits.get(doc), forms, span(rows[doc][3][2], day), names, values)) };
}

function result(row, part, forms, now, names, values) {
  const [status, mark] = now.split("-");
  const url = new URL(`..${row[0]}`, base);
  const passage = () => excerpt(row[5][part]?.[1], forms);
  const facet = (name) => row[4][names.indexOf(name)].map((n) => values[name][n]);
  return {
    url: url.href, title: row[1], number: row[2], published: row[3][0], effective: row[3][1],
    status, state: status && STATES[status] + (MARKS[mark] ?? ""), kind: facet("kind")[0], issuer: facet("issuer").join("、"), passage,
    excerpt: async () => (await passage()).text,
  };
}

// The first line of a part that contains one of `forms`, cut from the original text, with the ranges to mark.
async function excerpt(name, forms) {
  if (!name) return { text: "", ranges: [], anchor: "" };
  if (!files.has(name)) files.set(name, json(new URL(`text/${name}.json`, base)));
  const lines = await files.get(name);
  const [anchor, text] = lines.find(([, line], n) => n > 0 && forms.some((form) => normalise(line).includes(form))) ?? lines.find(([, line]) => forms.some((form) => normalise(line).includes(form))) ?? lines[Math.min(1, lines.length - 1)];
  const [first, ranges] = cut(text, forms);
  return { text: first, ranges, anchor };
}

function cut(text, forms) {
  // Positions in the normalised line → positions in the line as typed.
  const places = [], plain = [];
  let at = 0;
  for (const character of text) {
    for (const c of normalise(character)) { plain.push(c); for (let k = 0; k < c.length; k++) places.push(at); }
    at += character.length;
  }
  places.push(text.length);
  const line = plain.join(""), ranges = [];
  for (const form of forms) {
    for (let n = line.indexOf(form); form && n >= 0; n = line.indexOf(form, n + form.length)) {
      const end = places[n + form.length - 1];
      ranges.push([places[n], end + String.fromCodePoint(text.codePointAt(end) ?? 32).length]);
    }
  }
  ranges.sort((a, b) => a[0] - b[0]);
  const start = Math.max(0, (ranges[0]?.[0] ?? 0) - 40), stop = Math.min(text.length, start + 140);
  const inside = ranges.filter(([from, to], n) => from >= start && to <= stop && from >= (ranges[n - 1]?.[1] ?? 0));
  const lead = start ? "…" : "", tail = stop < text.length ? "…" : "";
  return [lead + text.slice(start, stop) + tail, inside.map(([from, to]) => [from - start + lead.length, to - start + lead.length])];
}

export const labels = STATES;
export const titles = async () => (await facts()).rows.map((row) => [row[1], row[2], row.plain]);
