// Reloads the page when it has changed, and shows over it what keeps it from being newer. Only `gongkai serve` sends it.
"use strict";
(() => {
  const shown = document.currentScript.dataset.shown;
  const KEY = "gongkai-serve-scroll";
  let stream = null;
  let box = null;

  const restore = () => {
    const kept = JSON.parse(sessionStorage.getItem(KEY) || "null");
    if (kept && kept.page === location.pathname) window.scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  };
  restore();
  addEventListener("load", () => {
    restore();
    sessionStorage.removeItem(KEY);
  });

  const reload = () => {
    disconnect();
    sessionStorage.setItem(KEY, JSON.stringify({ page: location.pathname, x: scrollX, y: scrollY }));
    location.reload();
  };

  const add = (parent, name, text, style) => {
    const element = parent.appendChild(document.createElement(name));
    if (text) element.textContent = text;
    if (style) element.className = style;
    return element;
  };

  const close = () => {
    if (box) box.remove();
    box = null;
  };

  const show = (said) => {
    close();
    if (!said.problems.length) return;
    if (!document.querySelector("link[data-gongkai]")) {
      const link = add(document.head, "link");
      link.rel = "stylesheet";
      link.dataset.gongkai = "";
      link.href = "/.gongkai/live.css";
    }
    box = add(document.body, "section", "", "gongkai-problems");
    // The role comes first and the words after it: that is what makes a screen reader say them.
    box.setAttribute("role", "alert");
    box.lang = "zh-CN";
    const button = add(box, "button", said.close);
    button.type = "button";
    button.addEventListener("click", close);
    add(box, "strong", said.head);
    add(box, "p", said.note);
    const list = add(box, "ol");
    list.tabIndex = 0;
    for (const one of said.problems) {
      const item = add(list, "li");
      add(item, "code", one.place);
      add(item, "p", `${one.code} ${one.message}`);
      add(item, "p", one.hint, "gongkai-hint");
    }
    if (said.more) add(box, "p", said.more);
  };

  const disconnect = () => {
    if (stream) stream.close();
    stream = null;
  };

  // A browser keeps six connections to one server: a page that nobody sees must not hold one.
  const connect = () => {
    if (stream || document.hidden) return;
    const asked = new URLSearchParams({ page: location.pathname, shown });
    stream = new EventSource(`/.gongkai/changes?${asked}`);
    stream.addEventListener("reload", reload);
    stream.addEventListener("problems", (event) => show(JSON.parse(event.data)));
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  connect();
})();
