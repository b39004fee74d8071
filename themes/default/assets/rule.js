// The page of a document: find a word or an article in its text; 第38条 in the address, in any spelling, leads there.
"use strict";
(() => {
  const law = document.querySelector(".law"), form = document.querySelector(".find-in");
  if (!law || !form) return;
  const box = form.querySelector("input"), status = form.querySelector("[role=status]"), DIGITS = "零一二三四五六七八九";
  let last = "", at = -1;

  const value = (text) => {
    if (/^\d+$/.test(text)) return Number(text);
    let total = 0, digit = 0;
    for (const c of text.replace(/〇/g, "零")) {
      const unit = { 十: 10, 百: 100, 千: 1000 }[c];
      if (unit) { total += (digit || (total ? 0 : 1)) * unit; digit = 0; } else digit = DIGITS.indexOf(c);
    }
    return total + digit;
  };

  // 第三十八条之一, 第38条, 38 → the article, if the text has it.
  const article = (text) => {
    const number = "[\\d零〇一二三四五六七八九十百千]+";
    const found = text.normalize("NFKC").replace(/\s+/g, "").match(new RegExp(`^(?:第(${number})条(?:之(${number}))?|(\\d{1,4}))$`));
    return found && document.getElementById(`art-${value(found[1] ?? found[3])}${found[2] ? `-${value(found[2])}` : ""}`);
  };

  const clear = () => law.querySelectorAll("mark").forEach((mark) => { const parent = mark.parentNode; mark.replaceWith(...mark.childNodes); parent.normalize(); });

  const mark = (word) => {
    const walker = document.createTreeWalker(law, NodeFilter.SHOW_TEXT), nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (let node of nodes) {
      for (let n = node.data.toLowerCase().indexOf(word); n >= 0; n = node.data.toLowerCase().indexOf(word)) {
        const hit = node.splitText(n);
        node = hit.splitText(word.length);
        const wrap = document.createElement("mark");
        hit.replaceWith(wrap);
        wrap.append(hit);
      }
    }
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const word = box.value.trim().toLowerCase(), target = article(word);
    if (!word) { clear(); status.textContent = ""; return; }
    if (target) { clear(); location.hash = target.id; status.textContent = ""; return; }
    if (word !== last || !law.querySelector("mark")) { clear(); mark(word); at = -1; last = word; }
    const marks = law.querySelectorAll("mark");
    if (!marks.length) { status.textContent = form.dataset.none; return; }
    at = (at + 1) % marks.length;
    marks.forEach((one, n) => one.classList.toggle("here", n === at));
    marks[at].scrollIntoView({ block: "center" });
    status.textContent = form.dataset.some.replace("{at}", at + 1).replace("{all}", marks.length);
  });

  const follow = () => {
    let text = location.hash.slice(1);
    try { text = decodeURIComponent(text); } catch { return; }
    const target = text && !document.getElementById(text) && article(text);
    if (target) location.replace(`#${target.id}`);
  };
  addEventListener("hashchange", follow);
  follow();
})();
