// Draws each <figure data-chart="…"> from the JSON inside it; what is in the JSON is in docs/internals/console-kit.md.
// Numbers come as exact text. They become doubles for the drawing only: whatever is read comes from the text.

const Chart = globalThis.Chart;
const drawn = new Map();
const before = new Map();
const still = matchMedia("(prefers-reduced-motion: reduce)");

/* The theme's colours, resolved: a custom property alone would still say light-dark(…). */

let probe;
function colour(name) {
  if (!probe) {
    probe = document.createElement("i");
    probe.hidden = true;
    document.body.append(probe);
  }
  probe.style.color = `var(--${name})`;
  return getComputedStyle(probe).color;
}

function faded(name, share) {
  const parts = colour(name).match(/[\d.]+/g).slice(0, 3);
  return `rgb(${parts.join(" ")} / ${share})`;
}

/* Text */

function grouped(text) {
  const [, sign, whole, rest] = /^(-?)(\d+)(.*)$/.exec(String(text)) ?? [];
  return whole === undefined ? String(text) : sign + whole.replace(/\B(?=(\d{3})+$)/g, ",") + rest;
}

const steps = [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1e3, "k"]];
function brief(number) {
  const [size, letter] = steps.find(([step]) => Math.abs(number) >= step) ?? [1, ""];
  return `${Number((number / size).toPrecision(4))}${letter}`;
}

const withUnit = (text, unit) => (unit ? `${text} ${unit}` : text);

/* What all charts have in common */

function common(data, kind) {
  const text = colour("text-3");
  const mono = getComputedStyle(document.body).getPropertyValue("--mono");
  const font = { family: mono, size: 11 };
  const grid = { color: colour("line"), drawTicks: false, tickLength: 0 };
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: still.matches ? false : { duration: 240, easing: "easeOutCubic" },
    animations: { colors: false },
    normalized: true,
    interaction: { mode: "index", intersect: false },
    layout: { padding: 0 },
    scales: {
      x: { grid: { display: false }, border: { color: colour("line-strong") }, ticks: { color: text, font, maxRotation: 0, autoSkipPadding: 16, padding: 6 } },
      y: {
        beginAtZero: true,
        grid, border: { display: false },
        ticks: { color: text, font, padding: 8, maxTicksLimit: 6, callback: (value) => (data.prefix ?? "") + brief(value) },
        title: { display: Boolean(data.unit) && kind !== "curve", text: data.unit, color: text, font: { ...font, family: getComputedStyle(document.body).fontFamily } },
      },
    },
    plugins: {
      legend: { display: false },
      tooltip: {
        backgroundColor: colour("raised"), borderColor: colour("line-strong"), borderWidth: 1, cornerRadius: 6, padding: { x: 10, y: 8 },
        titleColor: colour("text-2"), bodyColor: colour("text"), titleFont: { ...font, weight: 400 }, bodyFont: { ...font, size: 12 },
        titleMarginBottom: 4, displayColors: false, caretSize: 0, animation: { duration: 80 },
      },
    },
  };
}

const columns = (values, fill, more) => ({
  data: values.map((one) => (one === null ? null : Number(one))),
  backgroundColor: fill, hoverBackgroundColor: fill, borderRadius: 2, borderSkipped: "bottom", categoryPercentage: .86, barPercentage: .92, maxBarThickness: 44, ...more,
});

/* usage: a column a window, stacked where there are series; lines for thresholds */

function usage(data, { canvas }) {
  const series = data.series ?? [{ values: data.windows.map((window) => window.value) }];
  const options = common(data, "usage");
  const stacked = series.length > 1;
  options.scales.x.stacked = options.scales.y.stacked = stacked;
  options.scales.y.suggestedMax = Math.max(0, ...(data.thresholds ?? []).map((threshold) => Number(threshold.value) * 1.05));
  options.plugins.tooltip.filter = ({ raw }) => !stacked || raw;
  options.plugins.tooltip.callbacks = {
    title: ([item]) => data.windows[item.dataIndex].title ?? data.windows[item.dataIndex].label,
    label: ({ dataIndex, datasetIndex }) => {
      const { name, values, texts } = series[datasetIndex];
      const text = texts?.[dataIndex] ?? (stacked ? undefined : data.windows[dataIndex].text)
        ?? (values[dataIndex] === null ? "no value" : withUnit(grouped(values[dataIndex]), data.unit));
      return name ? `${name}  ${text}` : text;
    },
  };
  options.onClick = (_, [item]) => { if (item && data.windows[item.index].href) location.assign(data.windows[item.index].href); };
  options.onHover = (_, [item]) => { canvas.style.cursor = item && data.windows[item.index].href ? "pointer" : ""; };
  return {
    type: "bar",
    data: {
      labels: data.windows.map((window) => window.label),
      datasets: series.map(({ values, rest }, at) => columns(values, faded(rest ? "series-0" : `series-${1 + at % 5}`, .88), stacked ? { borderRadius: 0 } : {})),
    },
    options,
    plugins: [thresholds(data.thresholds ?? [])],
    legend: stacked ? series.map(({ name, rest }, at) => ({ name, style: rest ? "s0" : `s${1 + at % 5}` })) : [],
  };
}

const thresholds = (lines) => ({
  id: "thresholds",
  afterDatasetsDraw({ ctx, chartArea: { left, right }, scales: { y } }) {
    ctx.save();
    ctx.font = `500 11px ${getComputedStyle(document.body).fontFamily}`;
    for (const { value, label } of lines) {
      const at = Math.round(y.getPixelForValue(Number(value))) + .5;
      ctx.strokeStyle = ctx.fillStyle = colour("warn");
      ctx.setLineDash([4, 4]);
      ctx.beginPath();
      ctx.moveTo(left, at);
      ctx.lineTo(right, at);
      ctx.stroke();
      ctx.textAlign = "right";
      ctx.fillText(label ?? grouped(value), right - 2, at - 5);
    }
    ctx.restore();
  },
});

/* series: totals of A and B over periods */

function series(data) {
  const options = common(data, "series");
  options.scales.y.beginAtZero = data.from_zero ?? true;
  options.plugins.tooltip.callbacks = {
    label: ({ dataIndex, datasetIndex }) => {
      const { name, values, texts } = data.series[datasetIndex];
      return `${name}  ${texts?.[dataIndex] ?? (data.prefix ?? "") + grouped(values[dataIndex])}`;
    },
  };
  return {
    type: "line",
    data: {
      labels: data.labels,
      datasets: data.series.map(({ values }, at) => ({
        data: values.map((one) => (one === null ? null : Number(one))),
        borderColor: colour(`series-${at % 6}`), backgroundColor: colour(`series-${at % 6}`),
        borderWidth: at === 0 ? 1.5 : 2, borderDash: at === 0 ? [4, 4] : [], pointRadius: 0, pointHoverRadius: 4, tension: 0,
      })),
    },
    options,
    plugins: [crosshair],
    legend: data.series.map(({ name }, at) => ({ name, style: `s${at % 6}${at === 0 ? " dashed" : ""}` })),
  };
}

const crosshair = {
  id: "crosshair",
  beforeDatasetsDraw({ ctx, tooltip, chartArea: { top, bottom } }) {
    if (!tooltip?.opacity) return;
    ctx.save();
    ctx.strokeStyle = colour("line-strong");
    ctx.beginPath();
    ctx.moveTo(tooltip.caretX, top);
    ctx.lineTo(tooltip.caretX, bottom);
    ctx.stroke();
    ctx.restore();
  },
};

/* distribution: how many pay how much less, the same, or more */

function distribution(data) {
  const options = common(data, "distribution");
  const tones = { down: "bad", same: "series-0", up: "ok" };
  const tone = (bin) => tones[bin.tone] ?? (bin.label.startsWith("-") || bin.label.startsWith("−") ? "bad" : bin.label.startsWith("+") ? "ok" : "series-0");
  options.scales.y.display = data.axis ?? false;
  options.scales.x.border.display = false;
  options.plugins.tooltip.callbacks = {
    title: ([item]) => data.bins[item.dataIndex].title ?? data.bins[item.dataIndex].label,
    label: ({ dataIndex }) => data.bins[dataIndex].text ?? withUnit(grouped(data.bins[dataIndex].count), data.unit),
  };
  return {
    type: "bar",
    data: {
      labels: data.bins.map((bin) => bin.label),
      datasets: [columns(data.bins.map((bin) => bin.count), data.bins.map((bin) => faded(tone(bin), .85)), { minBarLength: 2 })],
    },
    options,
  };
}

/* spark: the last runs in a line */

function spark(data, { canvas }) {
  const options = common(data, "spark");
  options.scales.x.display = options.scales.y.display = false;
  options.plugins.tooltip.callbacks = {
    title: ([item]) => data.values[item.dataIndex].title ?? "",
    label: ({ dataIndex }) => data.values[dataIndex].text ?? withUnit(grouped(data.values[dataIndex].value), data.unit),
  };
  options.onClick = (_, [item]) => { if (item && data.values[item.index].href) location.assign(data.values[item.index].href); };
  options.onHover = (_, [item]) => { canvas.style.cursor = item && data.values[item.index].href ? "pointer" : ""; };
  return {
    type: "bar",
    data: {
      labels: data.values.map((_, at) => at),
      datasets: [columns(data.values.map(({ value }) => value), data.values.map(({ failed }) => faded(failed ? "bad" : "series-1", failed ? 1 : .8)), { minBarLength: 5, categoryPercentage: .9, barPercentage: .85 })],
    },
    options,
  };
}

/* curve: what any quantity costs, and a handle to read it */

function curve(data, { figure, area, memory }) {
  const options = common(data, "curve");
  const points = data.points.map((point) => ({ ...point, x: Number(point.quantity) }));
  const last = points.at(-1)?.x ?? 1;
  options.interaction = { mode: null };
  options.events = [];
  options.plugins.tooltip.enabled = false;
  Object.assign(options.scales.x, { type: "linear", min: 0, max: last });
  Object.assign(options.scales.x.ticks, { callback: (value) => brief(value), maxTicksLimit: 7 });
  options.scales.x.title = { display: Boolean(data.unit), text: data.unit, color: colour("text-3"), font: { size: 11 } };
  options.scales.each = { display: false, beginAtZero: true, grace: "12%" };
  const line = (key, more) => ({ data: points.map((point) => ({ x: point.x, y: point[key] == null ? null : Number(point[key]) })), pointRadius: 0, tension: 0, ...more });
  const wanted = Number(memory.at ?? data.at ?? last * .43);
  const state = { at: nearest(points, wanted) };
  return {
    type: "line",
    data: {
      datasets: [
        line("amount", { borderColor: colour("accent"), borderWidth: 2.25, borderJoinStyle: "round", order: 1 }),
        line("each", { yAxisID: "each", borderColor: colour("text-3"), borderWidth: 1.25, borderDash: [4, 4], order: 2 }),
      ],
    },
    options,
    plugins: [tiers(data.tiers ?? [], last), handle(points, state)],
    legend: [{ name: data.total_label ?? "total", style: "s1" }, { name: data.each_label ?? `per ${data.one ?? "unit"}`, style: "s0 dashed" }],
    ready: (chart) => steer({ chart, points, state, figure, area, data, memory }),
  };
}

function nearest(points, x) {
  let best = 0;
  points.forEach((point, at) => { if (Math.abs(point.x - x) < Math.abs(points[best].x - x)) best = at; });
  return best;
}

const tiers = (bounds, last) => ({
  id: "tiers",
  beforeDraw({ ctx, chartArea: { top, bottom, left, right }, scales: { x } }) {
    let from = left;
    bounds.forEach(({ up_to: to }, at) => {
      const end = to === null ? right : Math.min(right, x.getPixelForValue(Math.min(Number(to), last)));
      ctx.fillStyle = faded("accent", Math.min(.03 + at * .035, .2));
      ctx.fillRect(from, top, Math.max(0, end - from), bottom - top);
      if (at > 0) {
        ctx.fillStyle = faded("accent", .25);
        ctx.fillRect(Math.round(from), top, 1, bottom - top);
      }
      from = Math.max(from, end);
    });
  },
});

const handle = (points, state) => ({
  id: "handle",
  afterDatasetsDraw({ ctx, chartArea: { top, bottom }, scales: { x, y } }) {
    const point = points[state.at];
    if (!point) return;
    const across = Math.round(x.getPixelForValue(point.x)) + .5;
    ctx.save();
    ctx.strokeStyle = colour("text-3");
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(across, top);
    ctx.lineTo(across, bottom);
    ctx.stroke();
    ctx.beginPath();
    ctx.arc(across, y.getPixelForValue(Number(point.amount)), 5.5, 0, 2 * Math.PI);
    ctx.fillStyle = colour("surface");
    ctx.fill();
    ctx.lineWidth = 2.25;
    ctx.strokeStyle = colour("accent");
    ctx.stroke();
    ctx.restore();
  },
});

function steer({ chart, points, state, figure, area, data, memory }) {
  area.querySelector(".chart-readout")?.remove();
  const readout = document.createElement("div");
  readout.className = "chart-readout";
  area.append(readout);
  Object.assign(area, { tabIndex: 0, role: "slider", ariaLabel: `Quantity: ${figure.getAttribute("aria-label") ?? "price"}` });
  area.ariaValueMin = points[0]?.quantity ?? "0";
  area.ariaValueMax = points.at(-1)?.quantity ?? "0";

  const money = (text) => (data.prefix ?? "") + grouped(text);
  const input = figure.dataset.chartInput ? document.querySelector(figure.dataset.chartInput) : null;
  const show = (by) => {
    const point = points[state.at];
    if (!point || !chart.chartArea) return;
    const quantity = point.quantity_text ?? withUnit(grouped(point.quantity), data.unit);
    const amount = point.amount_text ?? money(point.amount);
    const each = point.each_text ?? (point.each == null ? "" : `${money(point.each)} each`);
    const first = document.createElement("span");
    const second = document.createElement("b");
    first.textContent = quantity;
    second.textContent = each ? `${amount} · ${each}` : amount;
    readout.replaceChildren(first, second);
    area.ariaValueNow = point.quantity;
    area.ariaValueText = `${quantity}: ${second.textContent}`;
    const across = chart.scales.x.getPixelForValue(point.x);
    const up = chart.scales.y.getPixelForValue(Number(point.amount));
    const { left, right, top, bottom } = chart.chartArea;
    // A price rises, so there is most room above it and at its left.
    const width = readout.offsetWidth;
    const beside = across - 12 - width >= left ? across - 12 - width : Math.min(across + 12, right - width);
    readout.style.left = `${beside}px`;
    const fits = across - 12 - width >= left || across + 12 + width <= right;
    readout.style.top = !fits ? `${top + 4}px` : `${Math.max(top, Math.min(bottom - readout.offsetHeight - 4, up - readout.offsetHeight - 10))}px`;
    memory.at = point.x;
    if (by) figure.dispatchEvent(new CustomEvent("chart:at", { bubbles: true, detail: { point, by } }));
    if (input && by && by !== "input") input.value = point.quantity;
  };
  const go = (at, by) => {
    state.at = Math.max(0, Math.min(points.length - 1, at));
    chart.draw();
    show(by);
  };
  const follow = (event) => {
    const x = chart.scales.x.getValueForPixel(event.clientX - chart.canvas.getBoundingClientRect().left);
    go(nearest(points, x), "pointer");
  };
  memory.steering = new AbortController();
  const { signal } = memory.steering;
  area.addEventListener("pointerdown", (event) => {
    area.setPointerCapture(event.pointerId);
    follow(event);
  }, { signal });
  area.addEventListener("pointermove", (event) => { if (area.hasPointerCapture(event.pointerId)) follow(event); }, { signal });
  area.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10, Home: -points.length, End: points.length }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    go(state.at + by, "key");
  }, { signal });
  input?.addEventListener("input", () => {
    const typed = Number(input.value.replace(/[,\s]/g, ""));
    if (!Number.isFinite(typed)) return;
    go(nearest(points, typed), "input");
    memory.at = typed; // A curve that is drawn anew has a point here.
  }, { signal });
  chart.options.onResize = () => requestAnimationFrame(() => show());
  show();
  requestAnimationFrame(() => show());
}

/* Drawing */

const kinds = { usage, curve, distribution, series, spark };

function draw(figure) {
  erase(figure);
  const island = figure.querySelector("script[type='application/json']");
  const area = figure.querySelector(".chart-area");
  const canvas = figure.querySelector("canvas");
  if (!island || !canvas) return;
  const data = JSON.parse(island.textContent);
  const memory = before.get(figure.id || figure) ?? {};
  const { legend = [], ready, ...config } = kinds[figure.dataset.chart](data, { figure, area, canvas, memory });
  showLegend(figure, legend);

  // A chart that takes the place of another starts from its values, so that one sees what moved.
  const values = config.data.datasets.map((set) => set.data);
  const old = memory.values;
  const moves = !still.matches && old?.length === values.length && old.every((set, at) => set.length === values[at].length);
  if (moves) config.data.datasets.forEach((set, at) => { set.data = old[at]; });
  if (moves) config.options.animation = false;
  const chart = new Chart(canvas, config);
  if (moves) {
    chart.options.animation = { duration: 200, easing: "easeOutCubic" };
    chart.data.datasets.forEach((set, at) => { set.data = values[at]; });
    chart.update();
  }
  memory.values = values;
  before.set(figure.id || figure, memory);
  drawn.set(figure, chart);
  ready?.(chart);
}

function erase(figure) {
  drawn.get(figure)?.destroy();
  drawn.delete(figure);
  before.get(figure.id || figure)?.steering?.abort();
}

function showLegend(figure, entries) {
  figure.querySelector(".chart-legend")?.remove();
  if (!entries.length) return;
  const list = document.createElement("ul");
  list.className = "chart-legend";
  for (const { name, style } of entries) {
    const item = document.createElement("li");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("class", style);
    line.setAttribute("d", "M0 4h14");
    svg.append(line);
    item.append(svg, name);
    list.append(item);
  }
  figure.prepend(list);
}

function drawAll(root) {
  [...drawn.keys()].filter((figure) => !figure.isConnected).forEach(erase);
  if (root.matches?.("figure[data-chart]")) draw(root);
  root.querySelectorAll("figure[data-chart]").forEach(draw);
}

document.addEventListener("theme", () => [...drawn.keys()].forEach(draw));
document.fonts.ready.then(() => {
  drawAll(document);
  document.addEventListener("htmx:load", ({ detail }) => drawAll(detail.elt));
});
