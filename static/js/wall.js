// The screen on the wall: asks every two seconds, shows what is new, says when it hears nothing, never needs a hand.
"use strict";

(function () {
  const EVERY = 2000;
  const PATIENCE = 8000;
  const A_DAY = 24 * 3600 * 1000;
  const A_MINUTE = 60 * 1000;
  const body = document.body;
  const opened = performance.now();
  const lost = document.getElementById("wall-lost");
  const clock = document.getElementById("wall-clock");
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: body.dataset.zone });

  // The office's clock: a television's own is often wrong, and so is its time zone.
  let offset = Date.parse(body.dataset.now) - performance.getEntriesByType("navigation")[0].responseStart;
  let best = Infinity;
  window.office = { now: () => performance.now() + offset };
  function setClock(now, before, after) {
    const took = after - before;
    const drift = Math.abs(Date.parse(now) - (window.office.now() - took / 2));
    if (took > best * 1.5 && drift < 1000) return;
    best = Math.min(best, took);
    offset = Date.parse(now) - (before + after) / 2;
  }
  function showTime() {
    const words = time.format(window.office.now());
    if (clock.textContent !== words) clock.textContent = words;
  }

  // A new release, or a day gone by: the whole page anew, but never in a circle.
  function renew() {
    if (performance.now() - opened > A_MINUTE / 2) location.reload();
  }

  function show(words) {
    const holder = document.createElement("template");
    holder.innerHTML = words;
    document.getElementById("wall-now").replaceWith(holder.content);
    body.dispatchEvent(new CustomEvent("htmx:load"));
  }

  let failures = 0;
  function reached() { failures = 0; lost.hidden = true; }
  function failed() { failures += 1; lost.hidden = failures < 2; }

  async function ask() {
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const seen = document.getElementById("wall-now").dataset.seen;
      const before = performance.now();
      const answer = await fetch(body.dataset.ask + "?seen=" + seen, { credentials: "same-origin", cache: "no-store", signal: stop.signal });
      const after = performance.now();
      if (answer.status === 403) location.reload();
      else if (!answer.ok) failed();
      else {
        if (answer.status === 200) show(await answer.text());
        setClock(answer.headers.get("X-Now"), before, after);
        reached();
        if (answer.headers.get("X-Build") !== body.dataset.build || performance.now() - opened > A_DAY) renew();
      }
    } catch (error) {
      failed();
    }
    clearTimeout(limit);
    setTimeout(ask, EVERY);
  }

  // A tablet on the wall must not fall asleep; a browser that does not know how is left alone.
  async function stayAwake() {
    try {
      if (navigator.wakeLock && !document.hidden) await navigator.wakeLock.request("screen");
    } catch (error) {
      // Its battery is low, or the page is not served safely: the screen keeps its own habits.
    }
  }

  document.addEventListener("visibilitychange", stayAwake);
  stayAwake();
  showTime();
  setInterval(showTime, 500);
  setTimeout(ask, EVERY);
})();
