// Scanning assets one after the other: the box is empty and ready again at once, what is read while a scan is
// being answered waits its turn, and the camera stays on. Without this every scan loads the page anew.
"use strict";

(function () {
  const form = document.getElementById("scan-form");
  if (!form) return;
  const box = form.querySelector("[name='code']");
  const waiting = [];
  let busy = false;
  let typed = "";

  // At the window, before app.js refuses a form that is being sent.
  window.addEventListener("submit", (event) => {
    if (!busy || event.target !== form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (box.value.trim()) waiting.push(box.value);
    box.value = "";
  }, true);
  form.addEventListener("htmx:beforeRequest", () => { busy = true; box.value = typed; typed = ""; });
  form.addEventListener("htmx:afterRequest", () => setTimeout(next)); // htmx lets go of the form just after

  function next() {
    busy = false;
    if (!waiting.length) return;
    typed = box.value;
    box.value = waiting.shift();
    form.requestSubmit();
  }

  function showWhereIStand() {
    const here = document.querySelector(".count-places [aria-current]");
    if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 16;
  }

  document.body.addEventListener("htmx:afterSwap", () => {
    const walk = document.getElementById("walk");
    if (!walk) return;
    showWhereIStand();
    const isPlain = !walk.dataset.scanned || walk.dataset.scanned === "found";
    if (!isPlain && navigator.vibrate) navigator.vibrate([120, 60, 120]);
    box.focus({ preventScroll: true });
  });
  document.body.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });
  showWhereIStand();
})();
