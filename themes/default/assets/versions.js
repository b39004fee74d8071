// All texts of a document: the one that held on a day.
"use strict";
(() => {
  const form = document.querySelector(".on-day");
  if (!form) return;
  const status = form.querySelector("[role=status]"), box = form.querySelector("input");
  const spans = [...form.parentElement.querySelectorAll(".timeline li")];
  const show = () => {
    const day = box.value;
    spans.forEach((span) => span.classList.remove("on"));
    status.textContent = "";
    if (!day) return;
    const found = spans.filter(({ dataset: { since, until } }) => since && since <= day && (!until || day <= until));
    status.textContent = found.length ? form.dataset.some : form.dataset.none;
    for (const span of found) {
      span.classList.add("on");
      const text = span.querySelector("strong"), link = span.querySelector("a"), here = span.hasAttribute("aria-current");
      const shown = document.createElement(here || !link ? "span" : "a");
      if (shown.href !== undefined && link) shown.href = link.href;
      shown.textContent = text.textContent;
      status.append(shown, " ");
    }
  };
  // A text that is published before its day: until then the one before it holds.
  const above = document.querySelector(".texts-above"), today = new Date().toLocaleDateString("sv-SE");
  const held = spans.find(({ dataset: { since, until } }) => since && since <= today && (!until || today <= until));
  if (above && above.dataset.since > today && held && held.querySelector("a")) {
    const link = document.createElement("a");
    link.href = held.querySelector("a").href;
    link.textContent = held.querySelector("strong").textContent;
    above.replaceChildren(above.dataset.pending, link);
    above.classList.add("notice");
  }
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("input", show);
})();
