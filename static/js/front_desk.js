// The desk's own courtesies: when the call began, arrow keys in the look-up, where the cursor goes next.
"use strict";

(function () {
  const form = () => document.getElementById("call-form");
  const lookup = () => document.getElementById("lookup");
  let begun = 0;

  // The first key stroke is taken for the moment of picking up; the office clock, not the computer's.
  document.addEventListener("input", (event) => {
    const field = form() && form().elements.begun_at;
    if (!field || !event.target.closest("#call-form") || field.value) return;
    begun = window.office.now();
    field.value = new Date(begun).toISOString();
  });
  setInterval(() => {
    const field = form() && form().elements.begun_at;
    const watch = form() && form().querySelector(".desk-stopwatch");
    if (!watch) return;
    watch.hidden = !field.value;
    if (!field.value) return;
    const seconds = Math.max(0, Math.floor((window.office.now() - Date.parse(field.value)) / 1000));
    watch.querySelector("time").textContent = Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
  }, 500);

  // Arrows go into the list of known customers and through it; Enter chooses, Escape goes back.
  document.addEventListener("keydown", (event) => {
    const here = event.target.closest("#caller");
    if (!here || event.isComposing) return;
    const lines = [...lookup().querySelectorAll(".lookup-line")];
    const at = lines.indexOf(event.target);
    if (event.key === "ArrowDown" && lines.length) (lines[at + 1] || lines[0]).focus();
    else if (event.key === "ArrowUp" && at >= 0) (lines[at - 1] || here.querySelector("input:not([type='hidden'])")).focus();
    else if (event.key === "Enter" && at < 0 && lines.length) lines[0].click();
    else if (event.key === "Escape" && lines.length) lookup().replaceChildren();
    else return;
    event.preventDefault();
  });

  // Enter in a field goes on to the next one: a call is never logged by a key pressed too much.
  document.addEventListener("keydown", (event) => {
    const fields = ["text", "number", "tel", "datetime-local", "radio", "checkbox"];
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented || !event.target.closest("#call-form")) return;
    if (!fields.includes(event.target.type) || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    const all = [...form().querySelectorAll("input:not([type='hidden']), select, textarea, button[type='submit']")]
      .filter((field) => field.getClientRects().length && !(field.type === "radio" && field.name === event.target.name));
    (all.find((field) => event.target.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING) || event.target).focus();
  });

  // A customer is chosen: on to the kind of caller. The form came back: to its first mistake.
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "caller") (form().querySelector("[name='caller_type']:checked") || form().querySelector("[name='caller_type']")).focus();
    if (event.target.id !== "call-form") return;
    const mistake = form().querySelector(".is-invalid input, input.is-invalid, textarea.is-invalid, select.is-invalid");
    (mistake || form().elements.number).focus();
  });
  if (form()) {
    const mistake = form().querySelector(".is-invalid input, .is-invalid");
    (mistake || form().elements.number).focus();
  }
})();
