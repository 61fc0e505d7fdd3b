// Prices over time beside last year's, from the numbers that the page holds as a table too: <canvas data-price-chart="id">
"use strict";

(function () {
  const COLOURS = { price: "#14606a", last_year: "#b9770f", grid: "#e9eeed", ink: "#556468" };
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  const line = (label, data, colour, more) => ({
    type: "line", label, data, borderColor: colour, backgroundColor: colour, borderWidth: 2, spanGaps: true,
    pointRadius: data.length > 45 ? 0 : 3, pointHoverRadius: 5, tension: 0, clip: false, ...more,
  });

  function said(numbers) {
    return (item) => {
      if (item.raw === null) return "";
      const supplier = item.datasetIndex === 0 && numbers.supplier ? numbers.supplier[item.dataIndex] : "";
      return item.dataset.label + " " + item.formattedValue + (supplier ? " · " + supplier : "");
    };
  }

  function draw(canvas) {
    const source = document.getElementById(canvas.dataset.priceChart);
    if (!source || !window.Chart) return;
    const numbers = JSON.parse(source.textContent);
    const ticks = { color: COLOURS.ink, font: { size: 12 } };
    window.Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    new window.Chart(canvas, {
      data: {
        labels: numbers.labels,
        datasets: [
          line(numbers.words.price, numbers.price, COLOURS.price),
          line(numbers.words.last_year, numbers.last_year, COLOURS.last_year, { pointRadius: 0, borderDash: [6, 5], borderWidth: 1.5 }),
        ],
      },
      options: {
        responsive: true, maintainAspectRatio: false, animation: still ? false : { duration: 250 },
        interaction: { mode: "index", intersect: false },
        plugins: { legend: { display: false }, tooltip: { callbacks: { label: said(numbers) } } },
        scales: {
          x: { grid: { display: false }, ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 16 } },
          y: { grace: "12%", grid: { color: COLOURS.grid }, border: { display: false }, ticks: { ...ticks, maxTicksLimit: 6 } },
        },
      },
    });
  }

  document.querySelectorAll("canvas[data-price-chart]").forEach(draw);
})();
