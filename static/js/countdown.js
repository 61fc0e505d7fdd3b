// Clocks of promises: they run by the server's time, change at half time, and cannot be missed when overdue.
"use strict";

(function () {
  const texts = document.getElementById("texts").dataset;
  const title = document.title;
  const two = (number) => String(number).padStart(2, "0");

  function clock(seconds) {
    const days = Math.floor(seconds / 86400);
    const hours = Math.floor((seconds % 86400) / 3600);
    const minutes = Math.floor((seconds % 3600) / 60);
    const rest = two(minutes) + ":" + two(seconds % 60);
    if (days) return texts.days.replace("{days}", days) + " " + hours + ":" + rest;
    if (hours) return hours + ":" + rest;
    return minutes + ":" + two(seconds % 60);
  }

  function put(element, selector, words) {
    const part = element.querySelector(selector);
    if (part && part.textContent !== words) part.textContent = words;
  }

  function draw(element, now) {
    const started = Date.parse(element.dataset.started);
    const due = Date.parse(element.dataset.due);
    const state = now >= due ? "is-overdue" : now >= started + (due - started) / 2 ? "is-half" : "is-running";
    if (!element.classList.contains(state) || element.dataset.state !== state) {
      element.classList.remove("is-running", "is-half", "is-overdue");
      element.classList.add(state);
      if (element.dataset.state) element.dispatchEvent(new CustomEvent("countdown:" + state.slice(3), { bubbles: true }));
      element.dataset.state = state;
    }
    const overdue = state === "is-overdue";
    const shown = overdue ? "+" + clock(Math.floor((now - due) / 1000)) : clock(Math.ceil((due - now) / 1000));
    put(element, ".countdown-clock", shown);
    put(element, ".countdown-word", overdue ? texts.overdue : texts.remaining);
    return overdue;
  }

  function tick() {
    const now = window.office.now();
    const elements = [...document.querySelectorAll("time.countdown[data-due]")];
    const overdue = elements.filter((element) => draw(element, now)).length;
    const wanted = overdue ? "(" + overdue + " " + texts.overdue + ") " + title : title;
    if (document.title !== wanted) document.title = wanted;
  }

  tick();
  setInterval(tick, 200);
  document.body.addEventListener("htmx:load", tick);
})();
