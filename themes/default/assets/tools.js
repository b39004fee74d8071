// 页面工具：长者版、字号、对比、朗读、收藏、分享、打印。所有选择只留在这台设备上。
"use strict";
(() => {
  const root = document.documentElement, tools = document.querySelector(".tools");
  const load = (key, empty) => { try { return JSON.parse(localStorage.getItem(key)) || empty; } catch { return empty; } };
  const save = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } };
  const home = new URL(document.querySelector(".site-name").getAttribute("href").replace(/index\.html$/, ""), location.href).pathname;
  const here = decodeURI(location.pathname).slice(home.length).replace(/index\.html$/, "");

  if (tools) {
    const act = (name) => tools.querySelector(`[data-act="${name}"]`), status = tools.querySelector("[role=status]"), panel = tools.querySelector("details");
    const say = (text) => { status.textContent = ""; setTimeout(() => { status.textContent = text; }, 50); };
    const chosen = load("gongkai", {});

    const apply = () => {
      for (const name of ["size", "contrast"]) {
        const value = chosen[name] || (name === "size" ? "2" : "");
        if (value && value !== "2") root.dataset[name] = value; else delete root.dataset[name];
        const radio = tools.querySelector(`[name=${name}][value="${CSS.escape(value)}"]`);
        if (radio) radio.checked = true;
      }
      if (chosen.elder) root.dataset.elder = ""; else delete root.dataset.elder;
      act("elder").setAttribute("aria-pressed", String(!!chosen.elder));
    };
    apply();
    tools.addEventListener("change", ({ target }) => { chosen[target.name] = target.value; save("gongkai", chosen); apply(); });
    act("elder").addEventListener("click", () => { chosen.elder = !chosen.elder; save("gongkai", chosen); apply(); });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && panel.open) { panel.open = false; panel.firstElementChild.focus(); } });
    document.addEventListener("click", (event) => { if (!panel.contains(event.target)) panel.open = false; });
    act("print").addEventListener("click", () => { panel.open = false; print(); });

    act("share").addEventListener("click", async ({ target }) => {
      const url = document.querySelector("link[rel=canonical]")?.href || location.href;
      try { if (navigator.share) await navigator.share({ title: document.title, url }); else { await navigator.clipboard.writeText(url); say(target.dataset.done); } } catch { say(url); }
    });

    const keep = act("keep"), word = keep.textContent;
    const kept = () => load("gongkai-kept", []);
    const mark = () => { keep.textContent = kept().some((one) => one.at === here) ? keep.dataset.kept : word; };
    keep.addEventListener("click", () => {
      const list = kept(), others = list.filter((one) => one.at !== here), adding = others.length === list.length;
      if (adding) others.unshift({ at: here, title: document.querySelector("h1")?.textContent.trim() || document.title });
      say(save("gongkai-kept", others) ? status.dataset[adding ? "kept" : "gone"] : status.dataset.full);
      mark();
    });
    mark();

    // 朗读只用设备自带的中文声音；没有就不出现这个按钮。
    const voices = () => (window.speechSynthesis ? speechSynthesis.getVoices().filter((voice) => /^(zh|cmn)/i.test(voice.lang)) : []);
    const speak = act("speak"), start = speak.textContent;
    const offer = () => { speak.hidden = !voices().length; };
    const done = () => { speechSynthesis.cancel(); speak.textContent = start; };
    speak.addEventListener("click", () => {
      if (speak.textContent !== start) { done(); return; }
      const blocks = [...document.querySelectorAll("main :is(h1, h2, h3, p, li, dt, dd, caption, th, td)")];
      const texts = blocks.filter((node) => !node.querySelector("p, li, dt, dd, td") && node.offsetParent).map((node) => node.innerText.trim()).filter(Boolean);
      speak.textContent = speak.dataset.stop;
      for (const text of texts) {
        const said = new SpeechSynthesisUtterance(text);
        said.lang = "zh-CN"; said.voice = voices()[0]; said.rate = 0.9;
        speechSynthesis.speak(said);
      }
      const last = new SpeechSynthesisUtterance(" ");
      last.onend = done;
      speechSynthesis.speak(last);
    });
    if (window.speechSynthesis) { offer(); speechSynthesis.addEventListener?.("voiceschanged", offer); addEventListener("pagehide", () => speechSynthesis.cancel()); }
  }
})();
