// The form of a purchase request: more lines, and what the stock knows of an item. Works without it, too.
"use strict";

(function () {
  const lines = document.getElementById("request-lines");

  // -- more lines ----------------------------------------------------------------------------------
  function addLine() {
    const total = document.querySelector(`[name="${lines.dataset.prefix}-TOTAL_FORMS"]`);
    const most = document.querySelector(`[name="${lines.dataset.prefix}-MAX_NUM_FORMS"]`);
    const number = Number(total.value);
    if (number >= Number(most.value)) return null;
    const line = document.getElementById("request-line").content.firstElementChild.cloneNode(true);
    for (const element of line.querySelectorAll("[name], [id], [for]")) {
      for (const attribute of ["name", "id", "for"]) {
        if (element.hasAttribute(attribute)) {
          element.setAttribute(attribute, element.getAttribute(attribute).replace("__prefix__", number));
        }
      }
    }
    line.querySelector(".request-line-number").textContent = number + 1;
    lines.append(line);
    total.value = number + 1;
    return line;
  }
  // On a phone the empty lines wait behind the button.
  const typed = (line) => Array.from(line.querySelectorAll("input:not([type='hidden']), select"))
    .some((control) => control.type === "checkbox" ? control.checked : control.value);
  if (lines && matchMedia("(max-width: 767.98px)").matches) {
    Array.from(lines.children).slice(1).forEach((line) => { line.hidden = !typed(line); });
  }
  const waiting = () => lines.querySelector(".request-line[hidden]");

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    if (!lines || !event.target.closest("[data-more-lines]")) return;
    const line = waiting() || addLine();
    if (!line) return;
    event.preventDefault();
    line.hidden = false;
    line.querySelector("input:not([type='hidden'])").focus();
  });

  // -- what the stock knows --------------------------------------------------------------------------
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-item]")) return;
    const options = document.getElementById("items").options;
    const item = Array.from(options).find((option) => option.value === event.target.value);
    if (!item) return;
    const line = event.target.closest(".request-line");
    for (const name of ["name", "specification", "unit", "category"]) {
      const control = line.querySelector(`[name$="-${name}"]`);
      if (control) control.value = item.dataset[name] || "";
    }
    const quantity = line.querySelector("[name$='-quantity']");
    if (quantity && !quantity.value) quantity.focus();
  });
})();
