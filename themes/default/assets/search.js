// A query → every document that contains it, found in the browser with no server. Start with `search`.
// Pagefind only finds; filters, counts, order and state come from the facts table, excerpts from the text itself.

const base = new URL("../search/", import.meta.url);
const DIGITS = "零一二三四五六七八九", LAPSED = ["expired", "repealed", "replaced"];
let table, engine, folding, simple;
const loaded = new Map();

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

// Terms are separated by blanks; "…" is one term, to the letter; -词 excludes. Each term keeps what was typed.
export function parse(query) {
  const terms = [];
  for (const [typed, minus, straight, curly, plain] of query.slice(0, 500).matchAll(/(-?)(?:"([^"]*)"|“([^“”]*)”(?=\s|$))|([^\s"]+)/g)) {
    const quoted = plain === undefined, without = quoted ? minus === "-" : /^-./u.test(plain);
    const text = normalise(straight ?? curly ?? (without ? plain.slice(1) : plain));
    if (text) terms.push({ text, typed, quoted, without });
  }
  return terms;
}

function chinese(number) {
  let text = "";
  const n = Number(number);
  if (n === 0 || n >= 10000) return number;
  for (const [unit, word] of [[1000, "千"], [100, "百"], [10, "十"], [1, ""]]) {
    const digit = Math.floor(n / unit) % 10;
    if (digit) text += (text && n >= unit * 10 && !Math.floor(n / unit / 10 % 10) ? "零" : "") + DIGITS[digit] + word;
  }
  return text.replace(/^一十/, "十").replace(/零+/g, "零");
}

const articles = (text) => text.replace(/第(\d{1,4})(?=[条章节款项编])/g, (_, n) => `第${chinese(n)}`).replace(/条之(\d{1,2})/g, (_, n) => `条之${chinese(n)}`);
const brackets = (text) => text.replace(/[[(【]((?:19|20)\d\d)[\])】]/g, "〔$1〕");

// A character outside GB 2312, the characters of simplified print, may be 繁體. The browser knows them: it can read GBK.
// A few forms of 繁體 are in it, for words such as 宫商角徵羽.
function traditional(text) {
  simple ??= new Set(new TextDecoder("gbk").decode(Uint8Array.from({ length: 72 * 94 * 2 }, (_, n) => (n % 2 ? 0xa1 + ((n >> 1) % 94) : 0xb0 + Math.floor((n >> 1) / 94)))));
  return /[後徵於夥摺菸麽]/.test(text) || [...text].some((c) => c >= "\u4e00" && c <= "\u9fff" && !simple.has(c));
}

async function simplified(text) {
  const [...pairs] = await (folding ??= json("folding.json"));
  const forms = new Map();
  for (let n = 0; n < pairs.length; n += 2) forms.set(pairs[n], pairs[n + 1]);
  return [...text].map((c) => forms.get(c) ?? c).join("");
}

// The forms of a term, never of the text: 第38条 is also searched as 第三十八条, [2016] as 〔2016〕, 繁體 as 简体.
async function variants({ text, quoted }) {
  if (quoted) return [text];
  const found = [text, ...(traditional(text) ? [await simplified(text)] : [])];
  return [...new Set(found.flatMap((form) => [form, articles(form), brackets(form)]))];
}

// ---- data

async function json(name, options) {
  const answer = await fetch(new URL(name, base), options);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  return answer.json();
}

// The table, its columns as rows. Asked anew each visit: an old one would name shards that are gone.
async function facts() {
  table ??= json("facts.json", { cache: "no-cache" }).then((data) => {
    const { columns, facets, shards } = data, parts = new Map();
    const rows = columns.title.map((title, doc) => {
      const row = { title, plain: normalise(title) };
      for (const name of ["address", "number", "published", "effective", "life"]) row[name] = columns[name][doc];
      for (const name in facets) row[name] = [].concat(columns[name][doc] ?? []).map((n) => facets[name][n]);
      row.year = row.published ? [row.published.slice(0, 4)] : [];
      // The name by which people know a document: not 中华人民共和国, not the note of its version, not its cover letter.
      row.short = row.plain.replace(/^.*关于(?:印发|公布|发布)《(.+)》的(?:通知|公告)$/, "$1").replace(/^中华人民共和国|\([^()]*\)$/g, "");
      row.texts = columns.parts[doc].map((part, n) => {
        const [id, text = id] = [].concat(part);
        parts.set(`${shards[columns.shard[doc]]}/und_${id}`, [doc, n]);
        return text;
      });
      return row;
    });
    return { ...data, rows, parts, synonyms: new Map(Object.entries(data.synonyms)), names: [...Object.keys(facets), "status", "year"] };
  });
  try { return await table; } catch (error) { table = undefined; throw error; }
}

async function pagefind() {
  engine ??= facts().then(async ({ shards }) => {
    const [first, ...others] = shards.map((shard) => new URL(`index/${shard}/`, base).href);
    const module = await import(`${first}pagefind.js`), made = module.createInstance({ basePath: first, noWorker: true });
    // Pagefind answers when the first shard is there, and fails when it does not come; merging alone would wait for ever.
    await Promise.all([made.filters(), ...others.map((shard) => made.mergeIndex(shard))]);
    return made;
  });
  try { return await engine; } catch (error) { engine = undefined; throw error; }
}

// The parts that Pagefind finds: document, part, and how often (told only of a query without quotes).
async function find(query) {
  const { parts } = await facts(), { results } = await (await pagefind()).search(query);
  return results.map(({ id, words }) => [...parts.get(id.split("/").slice(-2).join("/")), words.length]);
}

// Documents that contain `text`, each with the parts that do. A long text is looked up by its beginning; where that
// leaves a few parts, they are read: a pasted sentence of 60 characters would load 59 chunks of the index.
async function containing(text) {
  const { rows } = await facts(), letters = [...text], found = new Map();
  let length = Math.min(letters.length, 7), places = await find(phrase(letters.slice(0, length)));
  while (length < letters.length && places.length > 10) {
    length = Math.min(letters.length, length + 6);
    places = await find(phrase(letters.slice(0, length)));
  }
  for (const [doc, part] of places) {
    const whole = length === letters.length || (await file(rows[doc].texts[part])).some(([, line]) => normalise(line).includes(text));
    if (whole) found.set(doc, [...(found.get(doc) ?? []), part]);
  }
  return found;
}

// A single character is the beginning of a pair.
const phrase = (letters) => (letters.length === 1 ? letter(letters[0]) : `"${pairs(letters.join("")).join(" ")}"`);
const pairs = (text) => tokens(text).slice(0, -1);

async function documents(forms, scope) {
  const { rows } = await facts(), found = new Map();
  const holds = (row, form) => (scope === "title" ? row.plain.includes(form) : normalise(row.number).includes(form) || (bare(form) && bare(row.number).includes(bare(form))));
  for (const form of forms) {
    if (scope === "text") for (const [doc, parts] of await containing(form)) found.set(doc, [...(found.get(doc) ?? []), ...parts]);
    else rows.forEach((row, doc) => { if (holds(row, form)) found.set(doc, []); });
  }
  return found;
}

// ---- what is called by its name: a document number, or an article of a law

const bare = (number) => normalise(number).replace(/[^\da-z\u3400-\u9fff]|第|号/g, "");

// 国办发[2016]80号, 国办发 2016 80, 国务院令第375号 → the documents of that number.
function numbered(query, rows) {
  // An order has a number in either numerals: 主席令第九十一号.
  const spelt = (number) => bare(number).replace(/令(\d{1,4})$/, (_, n) => `令${chinese(n)}`), wish = spelt(query);
  if (!/(?:[\u4e00-\u9fff].*(?:19|20)\d\d\D*\d+\D*|令.*[\d〇零一二三四五六七八九十百千]+号?)$/.test(normalise(query))) return [];
  return rows.flatMap((row, doc) => (row.number && (spelt(row.number) === wish || (wish.includes("令") && spelt(row.number).endsWith(wish))) ? [doc] : []));
}

// 土地管理法第45条 → the law of that name, and the article to show of it.
function named(text, rows) {
  const [, name, article] = articles(text).replace(/[《》]|^中华人民共和国/g, "").match(/^(.+?)(第[一二三四五六七八九十百千零]+条(?:之[一二三四五六七八九十]+)?)/) ?? [];
  return [name ? rows.flatMap((row, doc) => (row.short === name ? [doc] : [])) : [], article];
}

// ---- order

const inTitle = (row, { forms }) => forms.some((form) => row.plain.includes(form));

// By relevance: what is called by its name; a title that is the query; one that contains it; a text. Among equals what is
// in force; the document, card or field itself before what speaks of it, and rows of a list last; of titles the shortest;
// of texts those that speak most of it; the newest.
async function relevant(docs, first, wanted, scope, status) {
  const { rows } = await facts(), wholes = wanted.length === 1 ? wanted[0].forms : [wanted.map((term) => term.text).join("")];
  const rank = (doc, row = rows[doc]) => {
    if (first.includes(doc)) return 6;
    if (wholes.includes(row.plain)) return 5;
    if (wholes.includes(row.short)) return 4;
    const some = wanted.filter((term) => inTitle(row, term)).length;
    return some && some === wanted.length ? 3 : wanted.some(({ forms }) => forms.includes(row.short)) ? 2 : some ? 1 : 0;
  };
  const ranks = new Map(docs.map((doc) => [doc, rank(doc)])), spoken = [];
  // Where titles fill the first page, nobody sees the order of the texts.
  const texts = scope === "text" && docs.filter((doc) => ranks.get(doc) > 2).length < 10;
  for (const { forms } of texts ? wanted : []) spoken.push(await mentions(forms[forms.length - 1], docs.length));
  const keys = new Map(docs.map((doc) => {
    const { address, short } = rows[doc], plainly = /^\/(rules|cards|fields)\/[^#]*$/.test(address) ? 0 : address.includes("#row-") ? 2 : 1;
    const much = spoken.reduce((sum, often) => sum + Math.log1p(often.get(doc) ?? 0), 0);
    return [doc, [-ranks.get(doc), LAPSED.includes(status(rows[doc])) ? 1 : 0, plainly, ranks.get(doc) > 2 ? short.length : -much]];
  }));
  const compare = (a, b) => keys.get(a).map((key, n) => key - keys.get(b)[n]).find(Boolean) || later(rows, "published")(a, b);
  return docs.sort(compare);
}

// The later first; what has no date comes last.
const later = (rows, name) => (a, b) => (rows[b][name] > rows[a][name] ? 1 : rows[b][name] < rows[a][name] ? -1 : a - b);

// How much each document speaks of `text`, which `hits` documents contain: how often it says its rarest pair, for its
// length. Where most documents say it, that tells nothing, and Pagefind would take 0.2 s to count.
async function mentions(text, hits) {
  const { rows } = await facts(), often = new Map();
  let rarest, fewest = 1000;
  for (const pair of hits > 1 && hits <= 500 && text.length <= 6 ? pairs(text) : []) {
    const { length } = await find(`"${pair}"`);
    if (length < fewest) [rarest, fewest] = [pair, length];
    if (fewest <= 2 * hits) break;
  }
  for (const [doc, , times] of rarest ? await find(rarest) : []) often.set(doc, (often.get(doc) ?? 0) + times / (1 + rows[doc].texts.length));
  return often;
}

// ":pending 2024-02-01:in_force 2026-01-01:expired" → what holds on a day, "" for what has no life.
export const state = (life, day) => life && life.split(" ").map((span) => span.split(":")).filter(([first]) => first <= day).pop()[1];

// ---- the interface: search(query, {filters, sort, scope}) → {total, results, facets, near, also}

export async function search(query, { filters = {}, sort = "relevance", scope = "text", day } = {}) {
  const { rows, zone, states, names } = await facts(), terms = parse(query), wanted = terms.filter((term) => !term.without);
  day ??= new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(new Date());
  const status = (row) => state(row.life, day).split("-")[0];
  const values = (doc, name) => (name === "status" ? [status(rows[doc])].filter(Boolean) : names.includes(name) ? rows[doc][name] : []);
  const chosen = Object.entries(filters).map(([name, wish]) => [name, [].concat(wish)]).filter(([, wish]) => wish.length);
  const passes = (doc, except) => chosen.every(([name, wish]) => name === except || values(doc, name).some((value) => wish.includes(value)));

  for (const term of terms) {
    term.forms = await variants(term);
    term.set = await documents(term.forms, scope);
  }
  const unwanted = (doc) => terms.some((term) => term.without && term.set.has(doc));
  const every = terms.length || chosen.length ? [...rows.keys()] : [];
  const exact = every.filter((doc) => wanted.every((term) => term.set.has(doc)));
  // What the query calls by its name is found as well, and comes first.
  const literal = terms.some((term) => term.quoted);
  let first = literal || scope === "title" ? [] : numbered(query, rows), article;
  if (!literal && scope === "text" && !first.length && wanted.length === 1) [first, article] = named(wanted[0].text, rows);
  const near = !exact.length && !first.length && wanted.length > 0 && scope === "text" ? await nearly(wanted) : null;
  const hits = (near ? [...near.keys()] : [...new Set([...exact, ...first])]).filter((doc) => !unwanted(doc));

  const facets = Object.fromEntries(names.map((name) => [name, {}]));
  for (const name of names) for (const doc of hits) if (passes(doc, name)) for (const value of values(doc, name)) facets[name][value] = (facets[name][value] ?? 0) + 1;
  const also = first.length ? [] : await others(terms, scope, exact.length > 0, (doc) => passes(doc) && !unwanted(doc));

  let docs = hits.filter((doc) => passes(doc));
  if (sort !== "relevance") docs.sort(later(rows, sort === "effective" ? sort : "published"));
  else if (!near) docs = await relevant(docs, first, wanted, scope, status);

  // Which parts of a document to read for its excerpt, and the forms of each term to look for.
  const places = (doc) => {
    if (near) return [near.get(doc).flat(), pieces(wanted).map((bit) => [bit])];
    if (article && first.includes(doc)) return [[...rows[doc].texts.keys()], [[article]]];
    // A term in the title says nothing of where to read: the others do.
    const below = wanted.filter((term) => !inTitle(rows[doc], term));
    return [(below.length ? below : wanted).flatMap((term) => term.set.get(doc) ?? []), wanted.map((term) => term.forms)];
  };
  // A single character is looked up as the beginning of a pair, which Pagefind does not promise to find everywhere.
  const prefix = scope === "text" && wanted.some(({ text }) => [...text].length === 1);
  return { total: docs.length, near: docs.length > 0 && near !== null, prefix, facets, also, results: docs.map((doc) => result(rows[doc], places(doc), state(rows[doc].life, day), states)) };
}

const pieces = (wanted) => [...new Set(wanted.flatMap(({ text }) => [...text].slice(0, 40).map((c, n, all) => c + (all[n + 1] ?? ""))))].filter((bit) => [...bit].length === 2);

// Nothing contains every term: up to 50 documents that come nearest, best first, each with the parts that contain each
// pair of characters of the query. A pair counts the more the fewer documents have it, unless only a few have it by chance
// (请低 of 申请低保), and again in a title.
async function nearly(wanted) {
  const { rows } = await facts(), where = new Map(), score = new Map();
  for (const bit of pieces(wanted)) {
    const found = await containing(bit), weight = Math.log(1 + rows.length / (1 + found.size)) * found.size / (found.size + 5);
    for (const [doc, parts] of found) {
      where.set(doc, [...(where.get(doc) ?? []), parts]);
      score.set(doc, (score.get(doc) ?? 0) + weight * (rows[doc].plain.includes(bit) ? 2 : 1));
    }
  }
  const best = [...where].sort(([a], [b]) => score.get(b) - score.get(a)).slice(0, 50);
  return new Map(best.filter(([doc]) => score.get(doc) > score.get(best[0][0]) / 2));
}

// 低保 → 最低生活保障, with the number that a search for it would find. Words inside a term count where it finds nothing.
async function others(terms, scope, found, passes) {
  const { synonyms, holders, rows } = await facts(), wanted = terms.filter((term) => !term.without), also = [];
  for (const term of scope === "number" ? [] : wanted) {
    const inside = found ? [] : [...synonyms.keys()].filter((word) => term.text.includes(word)).sort((a, b) => b.length - a.length).slice(0, 1);
    for (const word of synonyms.get(term.text) ?? inside.flatMap((word) => synonyms.get(word))) {
      const plain = normalise(word);
      if (wanted.some(({ text }) => text === plain)) continue;
      const holding = scope === "title" ? [...rows.keys()].filter((doc) => rows[doc].plain.includes(plain)) : (await file(holders))[plain] ?? [];
      const total = holding.filter((doc) => wanted.every((one) => one === term || one.set.has(doc)) && passes(doc)).length;
      if (total) also.push({ word, total, query: terms.map((one) => (one === term ? word : one.typed)).join(" ") });
    }
  }
  return also.slice(0, 5);
}

// ---- results

function result(row, [parts, forms], now, states) {
  const [status, mark] = now.split("-"), url = new URL(`..${row.address}`, base).href;
  const passage = () => excerpt(row, parts, forms);
  return {
    url, address: row.address, title: row.title, number: row.number, published: row.published, effective: row.effective, kind: row.kind[0],
    issuer: row.issuer.join("、"), status, mark, state: status && states[status] + (states[`-${mark}`] ?? ""),
    passage, excerpt: async () => (await passage()).text,
  };
}

function file(name) {
  if (!loaded.has(name)) loaded.set(name, json(`text/${name}.json`).catch((error) => { loaded.delete(name); throw error; }));
  return loaded.get(name);
}

const ARTICLE = /^第.+条/;

// The line that says most of the terms, cut from the original text, with its anchor and the ranges to mark; `forms` are
// those of each term. The part in which most terms were found is read; others only for an article, which is where a line
// begins with its number, not where another cites it.
async function excerpt(row, parts, forms) {
  const times = new Map(parts.length ? [] : [[0, 0]]);
  for (const part of parts) times.set(part, (times.get(part) ?? 0) + 1);
  const likely = [...times.keys()].sort((a, b) => times.get(b) - times.get(a) || a - b), far = forms.flat().some((form) => ARTICLE.test(form));
  const says = (plain, form) => (!plain.includes(form) ? 0 : ARTICLE.test(form) && plain.startsWith(form) ? 3 : 1);
  let best = ["", ""], most = -1;
  for (const part of far ? likely : likely.slice(0, 1)) {
    const lines = await file(row.texts[part]);
    for (const [anchor, text] of part ? lines : lines.slice(1)) {
      const plain = normalise(text), score = forms.reduce((sum, all) => sum + Math.max(0, ...all.map((form) => says(plain, form))), 0);
      if (score > most) [best, most] = [[anchor, text], score];
    }
    if (most > 2) break;
  }
  const [text, ranges] = cut(best[1], forms.flat());
  return { text, ranges, anchor: most > 0 ? best[0] : "" };
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
  ranges.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const start = Math.max(0, (ranges[0]?.[0] ?? 0) - 40), stop = Math.min(text.length, start + 140);
  const inside = [];
  for (const [from, to] of ranges) if (from >= start && to <= stop && from >= (inside[inside.length - 1]?.[1] ?? 0)) inside.push([from, to]);
  const lead = start ? "…" : "", tail = stop < text.length ? "…" : "";
  return [lead + text.slice(start, stop) + tail, inside.map(([from, to]) => [from - start + lead.length, to - start + lead.length])];
}

// ---- for the page: the words for states, and titles and numbers while someone types

export const labels = async () => (await facts()).states;

export async function suggest(query) {
  const typed = normalise(query), number = bare(query);
  if ([...typed].length < 2) return [];
  const near = (await facts()).rows.filter((row) => row.plain.includes(typed) || (/\d/.test(number) && bare(row.number).includes(number)));
  near.sort((a, b) => b.short.startsWith(typed) - a.short.startsWith(typed) || a.short.length - b.short.length);
  return near.slice(0, 8).map((row) => (row.plain.includes(typed) ? [row.title, row.number] : [row.number, row.title]));
}
