// 我的收藏：这台设备上记下的页面（tools.js 记下它们），可以打开或移出。
"use strict";
(() => {
  const list = document.querySelector("[data-favourites]"), root = new URL(list.dataset.root, location.href);
  const load = () => { try { return JSON.parse(localStorage.getItem("gongkai-kept")) || []; } catch { return []; } };
  const draw = () => {
    const kept = load();
    document.querySelector("[data-none]").hidden = kept.length > 0;
    list.replaceChildren(...kept.map((one) => {
      const item = document.createElement("li"), link = document.createElement("a"), drop = document.createElement("button");
      link.href = new URL(`./${encodeURI(String(one.at))}`, root).href;
      link.textContent = String(one.title); link.className = "card-title";
      drop.type = "button"; drop.className = "drop"; drop.textContent = list.dataset.remove;
      drop.setAttribute("aria-label", `${list.dataset.remove}：${one.title}`);
      drop.addEventListener("click", () => {
        localStorage.setItem("gongkai-kept", JSON.stringify(kept.filter((other) => other !== one)));
        draw();
      });
      item.append(link, drop);
      return item;
    }));
  };
  draw();
})();
