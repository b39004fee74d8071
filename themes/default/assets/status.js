// What a page carries of the lives of documents → their 有效性 on the reader's day, and 截至 which day that is.
"use strict";
(() => {
  const { words, zone } = document.currentScript.dataset, names = JSON.parse(words);
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(new Date());
  const said = new Date().toLocaleDateString(document.documentElement.lang === "en" ? "en-GB" : "zh-CN", { dateStyle: "long", timeZone: zone });

  // ":pending 2024-02-01:in_force 2026-01-01:expired" → what holds today.
  for (const badge of document.querySelectorAll("[data-life]")) {
    const now = badge.dataset.life.split(" ").map((span) => span.split(":")).filter(([first]) => first <= today).pop()[1];
    const [state, mark] = now.split("-");
    badge.className = `state state-${state}`;
    badge.textContent = names[state] + (mark ? names[`-${mark}`] : "");
    badge.hidden = false;
  }
  for (const place of document.querySelectorAll("[data-as-of]")) {
    place.textContent = place.dataset.asOf.replace("{day}", said);
    place.hidden = false;
  }
  // What is said of an end is a warning only from the day on which it comes.
  for (const notice of document.querySelectorAll("[data-from]")) notice.classList.toggle("notice-ended", notice.dataset.from <= today);
})();
