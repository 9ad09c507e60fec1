// Live typing, and nothing else that a page needs: every form works without this file.
// Drafts are never stored here, and never leave for anywhere but Demur itself.
"use strict";

(() => {
  document.documentElement.classList.add("js");

  // --- Copy buttons -------------------------------------------------------------------------------------------

  async function copy(button) {
    const source = document.getElementById(button.dataset.copy);
    const text = (source.value ?? source.textContent).trim();
    let done = "Copied";
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      if (source.select) source.select();
      else getSelection().selectAllChildren(source);
      done = "Selected; copy it with your keyboard";
    }
    const before = button.dataset.says || button.textContent;
    button.dataset.says = before;
    button.textContent = done;
    setTimeout(() => (button.textContent = before), 2500);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
    if (event.target.closest('[data-do="print"]')) print();
  });

  // --- What somebody does for a living, and where, is the same tomorrow -------------------------------------------------------

  for (const field of document.querySelectorAll("[data-keep]")) {
    const key = `demur-${field.name}`;
    const kept = localStorage.getItem(key);
    const fits = field.tagName !== "SELECT" || field.querySelector(`option[value="${CSS.escape(kept ?? "")}"]`);
    // Only on a page that is not an answer: an answer shows what was sent.
    if (kept && fits && document.querySelector("form[data-fresh]")) field.value = kept;
    field.addEventListener("change", () => localStorage.setItem(key, field.value));
  }

  // --- The draft ----------------------------------------------------------------------------------------------

  const form = document.getElementById("draft");
  if (!form) return;

  const area = form.elements.text;
  const backdrop = document.getElementById("backdrop");
  const answer = document.getElementById("answer");
  const said = document.getElementById("said");
  const choices = document.getElementById("choices");

  // What is marked in the text now on screen. Places count UTF-16 units, as the text area does.
  let marks = [];
  let text = area.value;
  let sent = null;
  let ready = false;
  let speech = 0;

  function wellFormed(value) {
    // Half a surrogate pair can't be sent; the replacement is as long, so places stay right.
    return value.toWellFormed ? value.toWellFormed() : value.replace(/\p{Cs}/gu, "\ufffd");
  }

  function readMarks() {
    // Nothing is underlined for somebody who has help in front of them and hasn't asked for the rest yet.
    const waiting = document.getElementById("when-ready");
    marks = waiting && !waiting.open ? [] : [...answer.querySelectorAll("[data-mark]")].map((item) => ({
      key: item.dataset.mark,
      kind: item.dataset.kind,
      rank: Number(item.dataset.rank),
      start: Number(item.dataset.start),
      end: Number(item.dataset.end),
    }));
  }

  function paint() {
    const cuts = new Set([0, area.value.length]);
    for (const mark of marks) cuts.add(mark.start).add(mark.end);
    const places = [...cuts].filter((place) => place <= area.value.length).sort((a, b) => a - b);
    const pieces = [];
    for (let i = 0; i + 1 < places.length; i++) {
      const [start, end] = [places[i], places[i + 1]];
      const words = area.value.slice(start, end);
      const over = marks.filter((mark) => mark.start <= start && end <= mark.end);
      if (!over.length) {
        pieces.push(words);
        continue;
      }
      const strictest = over.reduce((a, b) => (b.rank > a.rank ? b : a));
      const element = document.createElement("mark");
      element.className = strictest.kind;
      element.dataset.key = strictest.key;
      element.textContent = words;
      pieces.push(element);
    }
    // The last line of a text area is there even when it is empty; in a plain element it needs a character.
    backdrop.replaceChildren(...pieces, "\n");
    follow();
  }

  function follow() {
    backdrop.scrollTop = area.scrollTop;
    backdrop.scrollLeft = area.scrollLeft;
  }

  // Between two answers the marks move along with the words, and a mark whose words were touched goes.
  function moveMarks() {
    const now = area.value;
    let before = 0;
    const shorter = Math.min(text.length, now.length);
    while (before < shorter && text[before] === now[before]) before++;
    let after = 0;
    while (after < shorter - before && text[text.length - 1 - after] === now[now.length - 1 - after]) after++;
    const oldEnd = text.length - after;
    const shift = now.length - text.length;
    marks = marks
      .filter((mark) => mark.end <= before || mark.start >= oldEnd)
      .map((mark) => (mark.start >= oldEnd ? { ...mark, start: mark.start + shift, end: mark.end + shift } : mark));
    text = now;
  }

  function choose(key) {
    const mark = marks.find((one) => one.key === key);
    if (!mark) return false;
    area.focus();
    area.setSelectionRange(mark.start, mark.end);
    const at = backdrop.querySelector(`mark[data-key="${key}"]`);
    if (at && (at.offsetTop < area.scrollTop || at.offsetTop > area.scrollTop + area.clientHeight - 40)) {
      area.scrollTop = Math.max(0, at.offsetTop - 40);
    }
    return true;
  }

  function write(words) {
    // execCommand keeps the browser's own undo; setRangeText does not, and is what remains where it is missing.
    const start = area.selectionStart;
    if (!document.execCommand("insertText", false, words)) {
      area.setRangeText(words, start, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    area.setSelectionRange(start, start + words.length);
  }

  function point() {
    const caret = area.selectionStart;
    const here = marks.filter((mark) => mark.start <= caret && caret <= mark.end).map((mark) => mark.key);
    for (const item of answer.querySelectorAll("[data-mark]")) {
      item.classList.toggle("current", here.includes(item.dataset.mark));
    }
  }

  function speak(words) {
    clearTimeout(speech);
    // Wait until the typing rests, and say each thing once.
    speech = setTimeout(() => {
      if (said.textContent !== words) said.textContent = words;
    }, 1500);
  }

  function showChoices() {
    const chosen = ["audience", "account", "network", "role"].map((name) => form.elements[name]);
    // "Other" is nothing that somebody chose.
    const words = chosen.filter((select) => select.value !== "other").map((select) => select.selectedOptions[0].textContent);
    if (form.elements.work_area.value.trim()) words.push(form.elements.work_area.value.trim());
    if (form.elements.reply_to.value.trim()) words.push("a reply");
    if (form.elements.photos.checked) words.push("with photos");
    choices.textContent = words.join(" · ");
  }

  area.addEventListener("input", () => {
    moveMarks();
    paint();
  });
  area.addEventListener("scroll", follow, { passive: true });
  for (const name of ["keyup", "click"]) area.addEventListener(name, point);
  answer.addEventListener(
    "toggle",
    (event) => {
      if (event.target.id !== "when-ready") return;
      readMarks();
      paint();
    },
    true, // it doesn't bubble
  );
  new ResizeObserver(follow).observe(area);
  form.addEventListener("input", showChoices);

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (!button) return;
    const item = button.closest("[data-mark]");
    if (button.dataset.do === "select" && choose(item.dataset.mark)) event.preventDefault();
    if (button.dataset.do === "replace" && choose(item.dataset.mark)) {
      event.preventDefault();
      write(button.dataset.words);
    }
    if (button.dataset.do === "rewrite") {
      event.preventDefault();
      area.focus();
      area.select();
      write(document.getElementById(button.dataset.from).textContent);
      area.setSelectionRange(area.value.length, area.value.length);
    }
  });

  // --- Questions to the server --------------------------------------------------------------------------------

  document.addEventListener("htmx:configRequest", (event) => {
    sent = area.value;
    for (const name of ["text", "reply_to"]) {
      event.detail.parameters[name] = wellFormed(form.elements[name].value);
    }
  });

  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (!event.detail.xhr.getResponseHeader("HX-Redirect")) return;
    // Demur locked itself. The draft is only here, so the page stays and the way to unlock opens beside it.
    event.preventDefault();
    document.getElementById("locked").hidden = false;
    speak("Demur locked itself. Your draft is still here.");
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    // An answer to words that have changed since: the next one is on its way.
    if (sent !== area.value) event.detail.shouldSwap = false;
    ready = Boolean(document.getElementById("when-ready")?.open);
  });

  document.addEventListener("htmx:afterSwap", () => {
    document.getElementById("locked").hidden = true;
    document.getElementById("silent").hidden = true;
    // Whoever opened the rest of an answer that begins with help keeps it open.
    if (ready) document.getElementById("when-ready")?.setAttribute("open", "");
    text = area.value;
    readMarks();
    paint();
    point();
    speak(answer.querySelector("[data-said]").dataset.said);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    // The button that answered the question is gone; stay where the answer is.
    if (event.detail.requestConfig?.elt?.name === "about_client") document.getElementById("outcome")?.focus();
  });

  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(name, () => (document.getElementById("silent").hidden = false));
  }

  readMarks();
  paint();
  showChoices();
})();
