// Choosing supplies with the thumb: plus and minus beside each number, and the reason as soon as one is needed.
"use strict";

(function () {
  function prepare(root) {
    root.querySelectorAll("[data-step]").forEach((button) => { button.hidden = false; });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const box = button.parentElement.querySelector("input");
    const now = Number.parseInt(box.value, 10) || 0;
    const next = Math.max(0, Math.min(Number(box.max), now + Number(button.dataset.step)));
    box.value = next || (box.placeholder ? "" : 0);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });

  document.addEventListener("input", (event) => {
    const box = event.target.closest(".stepper input");
    if (!box) return;
    const card = box.closest(".good");
    if (card) card.classList.toggle("is-chosen", Number(box.value) > 0);
    const line = box.closest(".ask-line[data-left]");
    if (line) {
      const reason = line.querySelector(".ask-reason");
      reason.hidden = !(Number(box.value) > Number(line.dataset.left)) && !reason.querySelector(".is-invalid");
    }
  });

  prepare(document);
  document.body.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
})();
