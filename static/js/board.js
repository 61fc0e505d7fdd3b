// The board while it refreshes and when it is printed: what was unfolded stays so, and paper shows everything.
"use strict";

(function () {
  const folded = () => [...document.querySelectorAll("details.quiet:not([open])")];
  let unfolded = [];

  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const part = event.detail.target;
    unfolded = part && part.querySelectorAll ? [...part.querySelectorAll("details[id][open]")].map((one) => one.id) : [];
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    unfolded.forEach((id) => {
      const part = document.getElementById(id);
      if (part) part.open = true;
    });
  });

  // On a phone the periods are wider than the screen: the chosen one is shown.
  function showChosen() {
    const chosen = document.querySelector(".pills :checked");
    const pills = chosen && chosen.closest(".pills");
    if (pills) pills.scrollLeft = chosen.parentElement.offsetLeft - pills.clientWidth / 2 + chosen.parentElement.offsetWidth / 2;
  }
  showChosen();
  document.body.addEventListener("htmx:load", showChosen);

  let opened = [];
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("[data-printed]").forEach((place) => {
      place.textContent = new Date(window.office.now()).toLocaleString(document.documentElement.lang, { timeZone: place.dataset.printed });
    });
    opened = folded();
    opened.forEach((part) => { part.open = true; });
  });
  window.addEventListener("afterprint", () => opened.forEach((part) => { part.open = false; }));
})();
