// The tier editor. Keystrokes ask the server for the curve, one question at a time and the last one always; this puts what is wrong
// at its field, moves between the cells by keyboard, and keeps people from losing what they typed.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const form = () => document.querySelector("form[data-prices]");
const ask = (id, event) => globalThis.htmx?.trigger(`#${id}`, event);
let changed = false;

function edited() {
  changed = true;
  document.body.dataset.edited = "";
  document.dispatchEvent(new CustomEvent("price:edited"));
}

document.addEventListener("input", ({ target }) => {
  if (!target.closest?.("form[data-prices]")) return;
  if (target.id === "price-at") {
    target.name = "at";
    ask("price-state", "edited");
    return;
  }
  edited();
  if (target.dataset.path && !target.matches("select[hx-post]")) ask("price-state", "edited");
});

// The handle: the figures beside it are the server's.
document.addEventListener("chart:at", ({ target, detail }) => {
  if (target.id !== "price-chart" || detail.by === "input") return;
  const at = document.getElementById("price-at");
  at.name = "at";
  at.value = detail.point.quantity.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",");
  ask("price-at", "reading");
});

function errors() {
  const island = document.querySelector("[data-price-errors]");
  if (!island) return;
  const wrong = new Map(JSON.parse(island.textContent).map(({ path, message }) => [path, message]));
  for (const place of all("[data-error]")) {
    const message = wrong.get(place.dataset.error);
    place.hidden = message === undefined;
    place.querySelector("span").textContent = message ?? "";
    const field = document.querySelector(`[data-path="${CSS.escape(place.dataset.error)}"]`);
    if (message === undefined) field?.removeAttribute("aria-invalid");
    else field?.setAttribute("aria-invalid", "true");
    wrong.delete(place.dataset.error);
  }
  const loose = all("[data-loose]").filter((one) => wrong.has(one.dataset.loose));
  loose.forEach((one) => { one.className = "bad-text"; });
  document.getElementById("price-curve")?.classList.toggle("stale", island.textContent.length > 2);
}

document.addEventListener("htmx:afterSettle", ({ detail }) => { if (detail.target?.id === "price-state") errors(); });
// What was folded out stays so when the form is laid out anew.
let unfolded = [];
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target?.id === "form-body") unfolded = all("details.fold").map((one) => one.open);
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target?.id === "form-body") all("details.fold").forEach((one, at) => { one.open ||= unfolded[at] ?? false; });
});
document.addEventListener("htmx:beforeSwap", (event) => {
  // A part of the form that is gone asks for nothing any more.
  if (!event.detail.requestConfig?.elt?.isConnected) event.detail.shouldSwap = false;
});
document.addEventListener("click", ({ target }) => { if (target.closest?.("form[data-prices] [name=do]")) edited(); });
document.addEventListener("change", ({ target }) => { if (target.closest?.("form[data-prices]") && target.id !== "price-at") edited(); });

// Up and down go through a column, Enter to the next row, or makes one.
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.isComposing || !field.matches?.("form[data-prices] input")) return;
  if (event.key === "Enter") event.preventDefault();
  const row = field.closest("table.tiers tbody tr");
  const by = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
  if (!row || !by) return;
  const rows = all("tbody tr:not(.row-errors)", row.closest("table"));
  const column = field.closest("td").cellIndex;
  const next = rows[rows.indexOf(row) + by];
  const cell = next?.cells[column]?.querySelector("input");
  if (cell) {
    event.preventDefault();
    cell.focus();
    cell.select();
  } else if (event.key === "Enter") document.getElementById("add-tier")?.click();
});

document.addEventListener("focusin", ({ target }) => { if (target.matches?.("table.tiers input")) target.select(); });
document.addEventListener("submit", ({ target }) => { if (target === form()) changed = false; });
document.addEventListener("htmx:beforeOnLoad", ({ detail }) => { if (detail.xhr.getResponseHeader("HX-Redirect")) changed = false; });
document.addEventListener("click", ({ target }) => { if (target.closest?.("[data-discard]")) changed = false; });
addEventListener("beforeunload", (event) => { if (changed && form()) event.preventDefault(); });
