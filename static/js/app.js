// What every page does by itself: toasts, shortcuts, questions before a step, no form sent twice, nothing typed lost.
"use strict";

(function () {
  const office = (window.office = window.office || {});
  const texts = () => document.getElementById("texts").dataset;
  const field = (selector) => document.querySelector(selector);
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable='true']") !== null;

  // -- the server's clock ------------------------------------------------------------------------
  // Counted from the page's own stopwatch, so a wrong or changing clock of the computer does not matter.
  const navigation = performance.getEntriesByType("navigation")[0];
  const drawn = Date.parse(document.body.dataset.now || "");
  let offset = (Number.isNaN(drawn) ? Date.now() : drawn) - (navigation ? navigation.responseStart : performance.now());
  office.now = () => performance.now() + offset;
  office.setClock = (serverMilliseconds, stopwatch) => { offset = serverMilliseconds - stopwatch; };

  // -- toasts ------------------------------------------------------------------------------------
  office.toast = function (message, level) {
    const template = document.getElementById("toast-" + (level || "info")) || document.getElementById("toast-info");
    const card = template.content.firstElementChild.cloneNode(true);
    card.querySelector(".toast-words").textContent = message;
    document.getElementById("toasts").append(card);
    fade(card);
    return card;
  };
  function fade(card) {
    if (!card.classList.contains("is-error") && !card.classList.contains("is-warning")) {
      setTimeout(() => card.remove(), 6000);
    }
  }
  document.querySelectorAll("#toasts .toast-card").forEach(fade);
  document.addEventListener("click", (event) => {
    const close = event.target.closest(".toast-close");
    if (close) close.closest(".toast-card").remove();
  });
  document.body.addEventListener("toast", (event) => office.toast(event.detail.message, event.detail.level));

  // -- a token that is fresh, also after signing in again in another tab -----------------------------
  function freshToken() {
    const found = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
    return found ? decodeURIComponent(found[1]) : "";
  }
  document.body.addEventListener("htmx:configRequest", (event) => {
    const token = freshToken() || (field("[name='csrfmiddlewaretoken']") || {}).value;
    if (event.detail.verb !== "get" && token) {
      event.detail.headers["X-CSRFToken"] = token;
      delete event.detail.parameters.csrfmiddlewaretoken;
    }
  });

  // -- questions before a step -----------------------------------------------------------------------
  function ask(sentence, then) {
    const dialog = document.getElementById("confirm");
    document.getElementById("confirm-words").textContent = sentence;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => { if (dialog.returnValue === "yes") then(); }, { once: true });
    dialog.showModal();
  }
  const confirmed = new WeakSet();
  const question = (element) => element && element.closest("[data-confirm]");
  document.body.addEventListener("htmx:confirm", (event) => {
    const submitter = event.detail.triggeringEvent && event.detail.triggeringEvent.submitter;
    const asking = (submitter && submitter.dataset.confirm && submitter) || question(event.detail.elt);
    if (!asking) return;
    event.preventDefault();
    ask(asking.dataset.confirm, () => event.detail.issueRequest(true));
  });
  const sentByHtmx = (element) => element.matches("[hx-get], [hx-post], [hx-put], [hx-delete], [data-hx-post]");
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const asking = (event.submitter && event.submitter.dataset.confirm && event.submitter) || question(form);
    if (!asking || sentByHtmx(form) || confirmed.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    ask(asking.dataset.confirm, () => {
      confirmed.add(form);
      form.requestSubmit(submitter);
      confirmed.delete(form);
    });
  }, true);

  // -- no form sent twice --------------------------------------------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.setAttribute("aria-busy", "true");
    const token = form.querySelector("[name='csrfmiddlewaretoken']");
    if (token && freshToken()) token.value = freshToken();
  }, true);
  document.body.addEventListener("htmx:afterRequest", (event) => free(event.detail.elt));
  window.addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(free));
  function free(element) {
    const form = element && element.closest && element.closest("form");
    if (form) form.removeAttribute("aria-busy");
  }
  document.addEventListener("invalid", (event) => free(event.target), true);

  // -- when the server cannot be reached, or says no ---------------------------------------------------------
  const isQuiet = (event) => event.detail.requestConfig && event.detail.requestConfig.verb === "get"
    && /^pulse:/.test((event.detail.requestConfig.triggeringEvent || {}).type || "");
  document.body.addEventListener("htmx:sendError", (event) => { if (!isQuiet(event)) office.toast(texts().notSent, "error"); });
  document.body.addEventListener("htmx:timeout", () => office.toast(texts().notSent, "error"));
  document.body.addEventListener("htmx:responseError", (event) => {
    const answer = event.detail.xhr;
    if (isQuiet(event) || /"toast"/.test(answer.getResponseHeader("HX-Trigger") || "")) return;
    const words = { 401: "", 403: texts().forbidden, 404: texts().gone, 429: texts().tooMany };
    const sentence = answer.status in words ? words[answer.status] : texts().failed;
    if (sentence) office.toast(sentence, "error");
  });
  document.body.addEventListener("signed-out", () => {
    const bar = document.getElementById("signed-out");
    if (bar) bar.hidden = false;
  });

  // -- what is being typed stays, whatever happens to the page ------------------------------------------------
  const person = document.body.dataset.person || "";
  const prefix = "draft:" + person + ":";
  const draftKey = (form) => prefix + location.pathname + ":" + form.dataset.draft;
  const kept = (control) => control.name && !["hidden", "password", "file", "submit"].includes(control.type)
    && control.name !== "csrfmiddlewaretoken";
  const storedDrafts = () => Object.keys(sessionStorage).filter((key) => key.startsWith("draft:"));
  if (person) storedDrafts().filter((key) => !key.startsWith(prefix)).forEach((key) => sessionStorage.removeItem(key));

  function keep(form) {
    const typed = {};
    for (const control of form.elements) {
      if (!kept(control)) continue;
      if (control.type === "checkbox" || control.type === "radio") {
        if (control.checked) typed[control.name] = (typed[control.name] || []).concat(control.value);
      } else if (control.value) typed[control.name] = control.value;
    }
    sessionStorage.setItem(draftKey(form), JSON.stringify(typed));
  }
  function restore(form) {
    const stored = sessionStorage.getItem(draftKey(form));
    if (!stored || form.dataset.restored) return;
    form.dataset.restored = "yes";
    const typed = JSON.parse(stored);
    let changed = false;
    for (const control of form.elements) {
      if (!kept(control) || !(control.name in typed)) continue;
      if (control.type === "checkbox" || control.type === "radio") {
        control.checked = typed[control.name].includes(control.value);
      } else if (!control.value && typed[control.name]) {
        control.value = typed[control.name];
        changed = true;
      }
    }
    if (changed) office.toast(texts().restored, "info");
  }
  const draftOf = (target) => target.closest && target.closest("form[data-draft]");
  document.addEventListener("input", (event) => { const form = draftOf(event.target); if (form) keep(form); });
  document.addEventListener("change", (event) => { const form = draftOf(event.target); if (form) keep(form); });
  // Before the swap: the fresh form that comes in must not be filled with what has just been sent.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const sender = event.detail.requestConfig.elt;
    const form = sender.matches("form[data-draft]") ? sender : null;
    if (form && event.detail.xhr.status < 400 && event.detail.requestConfig.verb !== "get") sessionStorage.removeItem(draftKey(form));
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-forgets-drafts]")) storedDrafts().forEach((key) => sessionStorage.removeItem(key));
    const form = draftOf(event.target);
    if (form && !event.defaultPrevented && !sentByHtmx(form)) sessionStorage.setItem("draft-sent", draftKey(form));
  });
  const sent = sessionStorage.getItem("draft-sent");
  if (sent) {
    // The form was sent and another page came back: done. The same form came back: it holds what was typed.
    sessionStorage.removeItem("draft-sent");
    if (navigation && navigation.type === "navigate") sessionStorage.removeItem(sent);
  }

  // -- shortcuts -------------------------------------------------------------------------------------------------
  function pressed(event) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    return (event.altKey ? "Alt+" : "") + (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + key;
  }
  const shown = (shortcut) => shortcut.replace(/\+([a-z])$/, (whole, letter) => "+" + letter.toUpperCase());
  const normal = (shortcut) => shortcut.replace(/[A-Z]$/, (letter) => letter.toLowerCase());
  const offered = () => [...document.querySelectorAll("[data-shortcut]")].filter((element) => !element.closest("template"));
  const seen = (element) => element.getClientRects().length > 0 || element.closest(".dropdown-menu") !== null;

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    const combined = event.altKey || event.ctrlKey || event.metaKey;
    if (isTyping(event.target) && !combined && !/^(F\d+|Escape)$/.test(event.key)) return;
    if (document.querySelector("dialog[open]")) return;
    const byCode = event.altKey && /^Key|^Digit/.test(event.code) ? "Alt+" + event.code.slice(-1).toLowerCase() : "";
    const wanted = [pressed(event), byCode];
    const target = offered().find((element) => wanted.includes(normal(element.dataset.shortcut)) && seen(element) && !element.disabled);
    if (!target) return;
    event.preventDefault();
    if (target.matches("input:not([type='submit'], [type='checkbox'], [type='radio']), textarea, select")) {
      target.focus();
      if (target.select) target.select();
    } else {
      target.focus();
      target.click();
    }
  });

  function label(element) {
    const named = element.dataset.shortcutLabel || element.getAttribute("aria-label") || element.placeholder;
    if (named) return named;
    const words = element.labels && element.labels.length ? element.labels[0] : element;
    const copy = words.cloneNode(true);
    copy.querySelectorAll("kbd").forEach((key) => key.remove());
    return copy.textContent.trim().replace(/\s+/g, " ");
  }
  function showKeys(root) {
    root.querySelectorAll("[data-shortcut]").forEach((element) => {
      const holder = element.matches("input, textarea, select") ? (element.labels || [])[0] : element;
      const beside = element.matches("input, textarea, select") && holder && holder.classList.contains("visually-hidden");
      const place = beside ? element.parentElement : holder;
      if (!place || element.dataset.keyShown || place.querySelector(":scope > kbd")) return;
      element.dataset.keyShown = "yes";
      element.setAttribute("aria-keyshortcuts", element.dataset.shortcut);
      const key = document.createElement("kbd");
      key.textContent = shown(element.dataset.shortcut);
      key.setAttribute("aria-hidden", "true");
      place.append(key);
    });
  }
  function listShortcuts() {
    const list = document.getElementById("shortcuts-list");
    list.replaceChildren();
    offered().forEach((element) => {
      const term = document.createElement("dt");
      const key = document.createElement("kbd");
      key.textContent = shown(element.dataset.shortcut);
      term.append(key);
      const meaning = document.createElement("dd");
      meaning.textContent = label(element);
      list.append(term, meaning);
    });
  }
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (!opener) return;
    if (opener.dataset.opens === "shortcuts") listShortcuts();
    document.getElementById(opener.dataset.opens).showModal();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-prints]");
    if (button) window.print();
  });

  // -- fresh parts of the page get the same care ------------------------------------------------------------------
  function care(root) {
    showKeys(root);
    root.querySelectorAll("form[data-draft]").forEach(restore);
    if (root.matches && root.matches("form[data-draft]")) restore(root);
  }
  care(document.body);
  // A form that came back with mistakes: the first of them is where one goes on, however far down it stands.
  const mistaken = field("main form [aria-invalid='true'], main form .is-invalid");
  if (mistaken) mistaken.focus();
  document.body.addEventListener("htmx:load", (event) => care(event.detail.elt));
})();
