// Charts: drawn from the numbers that the page holds as a table too. <canvas data-chart="id of the numbers">
"use strict";

(function () {
  const COLOURS = { figure: "#14606a", adjusted: "#b9770f", target: "#55656a", counted: "#dbe6e5", grid: "#e9eeed", ink: "#556468" };
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const drawn = new Map();

  const line = (label, data, colour, more) => ({
    type: "line", label, data, borderColor: colour, backgroundColor: colour, borderWidth: 2, spanGaps: true,
    pointRadius: data.length > 45 ? 0 : 3, pointHoverRadius: 5, tension: 0, yAxisID: "share", order: 1, clip: false, ...more,
  });

  function datasets(numbers) {
    const { words } = numbers;
    const flat = { pointRadius: 0, pointHoverRadius: 0, borderDash: [6, 5], borderWidth: 1.5, order: 2 };
    const sets = [
      line(words.figure, numbers.figure, COLOURS.figure),
      line(words.target, numbers.labels.map(() => numbers.target), COLOURS.target, flat),
      { type: "bar", label: words.counted, data: numbers.counted, backgroundColor: COLOURS.counted, yAxisID: "count", order: 3, maxBarThickness: 28 },
    ];
    if (numbers.excused) sets.splice(1, 0, line(words.adjusted, numbers.adjusted, COLOURS.adjusted, { pointStyle: "rectRot", borderDash: [2, 3] }));
    return sets;
  }

  function lowest(numbers) {
    const known = [...numbers.figure, numbers.target].filter((share) => share !== null);
    return Math.max(0, Math.floor((Math.min(...known) - 3) / 5) * 5);
  }

  function scales(numbers) {
    const ticks = { color: COLOURS.ink, font: { size: 12 } };
    return {
      x: { grid: { display: false }, ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 16 } },
      share: { min: lowest(numbers), max: 100, grid: { color: COLOURS.grid }, border: { display: false }, ticks: { ...ticks, maxTicksLimit: 7, callback: (share) => share + "%" } },
      count: { position: "right", beginAtZero: true, grace: "150%", grid: { display: false }, border: { display: false }, ticks: { ...ticks, precision: 0, maxTicksLimit: 4 }, title: { display: true, text: numbers.words.counted, color: COLOURS.ink, font: { size: 12 } } },
    };
  }

  function said(item) {
    if (item.raw === null) return "";
    return item.dataset.label + " " + item.formattedValue + (item.dataset.yAxisID === "share" ? "%" : "");
  }

  function draw(canvas) {
    const source = document.getElementById(canvas.dataset.chart);
    if (!source || !window.Chart) return;
    const numbers = JSON.parse(source.textContent);
    window.Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    drawn.set(canvas, new window.Chart(canvas, {
      data: { labels: numbers.labels, datasets: datasets(numbers) },
      options: {
        responsive: true, maintainAspectRatio: false, animation: still ? false : { duration: 250 },
        interaction: { mode: "index", intersect: false },
        plugins: { legend: { display: false }, tooltip: { callbacks: { label: said } } },
        scales: scales(numbers),
      },
    }));
    canvas.dataset.drawn = "yes";
  }

  function drawAll(root) {
    for (const [canvas, chart] of drawn) {
      if (!canvas.isConnected) {
        chart.destroy();
        drawn.delete(canvas);
      }
    }
    root.querySelectorAll("canvas[data-chart]:not([data-drawn])").forEach(draw);
  }

  drawAll(document);
  document.body.addEventListener("htmx:load", (event) => drawAll(event.detail.elt.parentElement || document));
  window.addEventListener("beforeprint", () => drawn.forEach((chart) => chart.resize()));
})();
