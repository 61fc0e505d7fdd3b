// Asks the server once a breath what has changed, and tells the parts of the page that show it.
"use strict";

(function () {
  const VISIBLE = 1500;
  const HIDDEN = 5000;
  const PATIENCE = 8000;
  const body = document.body;
  const address = body.dataset.pulse;
  if (!address) return;

  let known = JSON.parse(body.dataset.topics || "{}");
  let failures = 0;
  let best = Infinity;
  let timer = null;
  let asking = false;

  const show = (id, shown) => {
    const bar = document.getElementById(id);
    if (bar) bar.hidden = !shown;
  };

  function setClock(now, before, after) {
    const took = after - before;
    const theirs = Date.parse(now);
    const drift = Math.abs(theirs - (window.office.now() - took / 2));
    if (took > best * 1.5 && drift < 1000) return;
    best = Math.min(best, took);
    window.office.setClock(theirs, (before + after) / 2);
  }

  function tell(topics) {
    for (const [topic, token] of Object.entries(topics)) {
      if (known[topic] !== token) {
        body.dispatchEvent(new CustomEvent("pulse:" + topic, { bubbles: true, detail: { token } }));
      }
    }
    known = topics;
  }

  async function ask() {
    if (asking) return;
    asking = true;
    clearTimeout(timer);
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const before = performance.now();
      const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store", signal: stop.signal });
      const after = performance.now();
      if (answer.status === 401) {
        reached();
        show("signed-out", true);
      } else if (!answer.ok) {
        failed();
      } else {
        heard(await answer.json(), before, after);
      }
    } catch (error) {
      failed();
    }
    clearTimeout(limit);
    asking = false;
    timer = setTimeout(ask, document.hidden ? HIDDEN : VISIBLE);
  }

  function heard(pulse, before, after) {
    reached();
    setClock(pulse.now, before, after);
    const other = String(pulse.person) !== body.dataset.person;
    show("signed-out", false);
    show("other-person", other);
    show("sweep-late", pulse.sweep_late);
    if (!other) tell(pulse.topics);
  }
  function reached() {
    failures = 0;
    show("connection-lost", false);
  }
  function failed() {
    failures += 1;
    if (failures >= 2) show("connection-lost", true);
  }

  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  window.addEventListener("online", ask);
  window.addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
  timer = setTimeout(ask, 250);
})();
