// The page of a document: find a word or 第38条第2款 in it, or in the address; step by article; copy a citation.
"use strict";
(() => {
  const law = document.querySelector(".law"), form = document.querySelector(".find-in"), bar = document.querySelector(".stepper");
  if (!law || !form) return;
  const box = form.querySelector("input"), status = form.querySelector("[role=status]"), DIGITS = "零一二三四五六七八九";
  const byId = (id) => document.getElementById(id);
  let last = "", at = -1;

  const value = (text) => {
    if (/^\d+$/.test(text)) return +text;
    let total = 0, digit = 0;
    for (const c of text.replace(/〇/g, "零")) {
      const unit = { 十: 10, 百: 100, 千: 1000 }[c];
      if (unit) { total += (digit || (total ? 0 : 1)) * unit; digit = 0; } else digit = DIGITS.indexOf(c);
    }
    return total + digit;
  };

  // 第三十八条之一第二款第三项, 第38条, 38 → the smallest place of it that the text has.
  const N = "([\\d零〇一二三四五六七八九十百千]+)", PLACE = RegExp(`^(?:第${N}条(?:之${N})?|(\\d{1,4}))(?:第${N}款)?(?:第?[(]?${N}[)]?项)?$`);
  const place = (text) => {
    const found = text.normalize("NFKC").replace(/\s+/g, "").match(PLACE);
    if (!found) return null;
    const [, a, b, c, clause, item] = found.map((part) => part && value(part)), article = `art-${a ?? c}${b ? `-${b}` : ""}`;
    return (item && byId(`${article}-p${clause || 1}-i${item}`)) || (clause > 1 && byId(`${article}-p${clause}`)) || byId(article);
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
    const word = box.value.trim().toLowerCase(), target = place(word);
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
    const target = text && !byId(text) && place(text);
    if (target) location.replace(`#${target.id}`);
  };
  addEventListener("hashchange", follow);
  follow();

  const articles = [...law.querySelectorAll(".article")];
  if (!bar || articles.length < 2) return;
  const jump = bar.querySelector(".jump"), said = bar.querySelector("[role=status]");
  const number = (article) => article.querySelector(".no").textContent.replace(/\s/g, "");
  const top = (one) => one.getBoundingClientRect().top;
  // The place in the address while it is seen, else the article at the top of the window.
  const here = () => {
    const target = law.querySelector("[id^=art]:target");
    return target && top(target) > -9 && top(target) < innerHeight ? target : articles.findLast((one) => top(one) < innerHeight / 3) || articles[0];
  };
  const figure = (n) => (n > 19 ? DIGITS[n / 10 | 0] : "") + (n > 9 ? "十" : "") + (n % 10 ? DIGITS[n % 10] : "");
  const parts = (block) => block.id.match(/^(art[-\d]*\d(?:_\d+)?)(?:-p(\d+))?(?:-i(\d+))?/);
  const name = (block) => {
    const [, article, clause, item] = parts(block);
    return number(byId(article)) + (clause && byId(`${article}-p2`) ? `第${figure(clause)}款` : "") + (item ? `第${figure(item)}项` : "");
  };
  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); } catch {
      // Without https there is no clipboard but this one.
      addEventListener("copy", (event) => { event.clipboardData.setData("text/plain", text); event.preventDefault(); }, { once: true });
      return document.execCommand("copy");
    }
    return true;
  };
  const show = () => { jump.textContent = number(byId(parts(here())[1])); };

  bar.addEventListener("click", async ({ target: button }) => {
    const step = +button.dataset.step, chosen = getSelection();
    if (step) {
      const next = articles[articles.indexOf(byId(parts(here())[1])) + step];
      if (next) { location.replace(`#${next.id}`); said.textContent = number(next); }
    } else if (button === jump) box.focus();
    else if (button.dataset.copy) {
      const words = !chosen.isCollapsed && chosen.anchorNode.parentElement.closest(".law [id^=art]"), text = button.dataset.copy + name(words || here());
      said.textContent = bar.dataset[await copy(text) ? "copied" : "byHand"].replace("{text}", text);
    }
  });
  let waiting;
  addEventListener("scroll", () => { waiting ??= requestAnimationFrame(() => { waiting = undefined; show(); }); }, { passive: true });
  bar.hidden = false;
  show();
})();
