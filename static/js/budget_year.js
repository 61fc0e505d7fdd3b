// The sheet of a year adds up while it is being filled in; the server adds up again when it is saved.
"use strict";

(function () {
  document.querySelectorAll("[data-submit-on-change]").forEach((form) => {
    form.querySelectorAll("[data-js-hides]").forEach((button) => { button.hidden = true; });
    form.addEventListener("change", () => form.requestSubmit());
  });
  const table = document.querySelector("[data-year-grid]");
  if (!table || !table.querySelector("tbody input")) return;
  const words = new Intl.NumberFormat("zh-CN", { style: "currency", currency: "CNY", currencyDisplay: "narrowSymbol" });
  const cents = (input) => Math.round((parseFloat(input.value.replace(/[,，¥￥\s]/g, "")) || 0) * 100);
  const say = (sum) => words.format(sum / 100);

  function add(row) {
    const months = [...row.querySelectorAll("input")].slice(0, 12).map(cents);
    const sum = (from, to) => months.slice(from, to).reduce((a, b) => a + b, 0);
    row.querySelectorAll("[data-sum='quarter'] output").forEach((output, n) => { output.textContent = say(sum(3 * n, 3 * n + 3)); });
    row.querySelector("[data-sum='year'] output").textContent = say(sum(0, 12));
    return months;
  }

  function addAll() {
    const rows = [...table.querySelectorAll("tbody tr")].map(add);
    table.querySelectorAll("[data-total]").forEach((cell, n) => { cell.textContent = say(rows.reduce((total, months) => total + months[n], 0)); });
  }

  table.addEventListener("input", addAll);
})();
