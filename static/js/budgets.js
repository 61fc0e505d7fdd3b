// Money drawn from the numbers that the page holds as a table too. <canvas data-money-chart="id of the numbers">
"use strict";

(function () {
  const COLOURS = { budget: "#dbe6e5", spent: "#14606a", bound: "#86bcc0", before: "#c3cdcb", line: "#b9770f", grid: "#e9eeed", ink: "#556468" };
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const yuan = new Intl.NumberFormat("zh-CN", { style: "currency", currency: "CNY", currencyDisplay: "narrowSymbol" });
  const short = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumFractionDigits: 1 });

  function dataset(set) {
    const colour = COLOURS[set.tone];
    if (set.tone === "line") {
      return { type: "line", label: set.label, data: set.data, borderColor: colour, backgroundColor: colour, borderWidth: 2, borderDash: [6, 5], pointRadius: 2, spanGaps: true, stack: set.label, order: 1 };
    }
    return { type: "bar", label: set.label, data: set.data, backgroundColor: colour, stack: set.stack, maxBarThickness: 26, order: 2 };
  }

  function draw(canvas) {
    const source = document.getElementById(canvas.dataset.moneyChart);
    if (!source || !window.Chart) return;
    const numbers = JSON.parse(source.textContent);
    const lying = "lying" in canvas.dataset;
    const ticks = { color: COLOURS.ink, font: { size: 12 } };
    const words = { grid: { display: false }, ticks: { ...ticks, autoSkip: false }, stacked: true };
    const amounts = { beginAtZero: true, grid: { color: COLOURS.grid }, border: { display: false }, stacked: true, ticks: { ...ticks, maxTicksLimit: 6, callback: (value) => short.format(value) } };
    window.Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    new window.Chart(canvas, {
      data: { labels: numbers.labels, datasets: numbers.sets.filter((set) => set.data.some((amount) => amount)).map(dataset) },
      options: {
        indexAxis: lying ? "y" : "x",
        responsive: true, maintainAspectRatio: false, animation: still ? false : { duration: 250 },
        interaction: { mode: "index", axis: lying ? "y" : "x", intersect: false },
        plugins: {
          legend: { position: "bottom", labels: { color: COLOURS.ink, boxWidth: 14, boxHeight: 10 } },
          tooltip: { callbacks: { label: (item) => (item.raw === null ? "" : item.dataset.label + " " + yuan.format(item.raw)) } },
        },
        scales: lying ? { x: amounts, y: words } : { x: words, y: amounts },
        onHover: (event, hit) => { canvas.style.cursor = hit.length ? "pointer" : "default"; },
        onClick: (event, hit) => { if (hit.length && numbers.links) window.location.assign(numbers.links[hit[0].index]); },
      },
    });
  }

  document.querySelectorAll("canvas[data-money-chart]").forEach(draw);
  document.querySelectorAll("[data-submit-on-change]").forEach((form) => {
    form.querySelectorAll("[data-js-hides]").forEach((button) => { button.hidden = true; });
    form.addEventListener("change", () => form.requestSubmit());
  });
})();
