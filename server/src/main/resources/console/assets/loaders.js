// What the pages of data loaders do beside the kit: a run that moves, a query that is put right, a file that is dropped.

const htmx = globalThis.htmx;
const number = new Intl.NumberFormat("en");
const $ = (selector, root = document) => root.querySelector(selector);

/* The run that goes on */

const followed = new WeakSet();

function follow(panel) {
  if (followed.has(panel)) return;
  followed.add(panel);
  const source = new EventSource(panel.dataset.run);
  const over = () => {
    source.close();
    if (panel.isConnected) look();
  };
  source.addEventListener("progress", ({ data }) => {
    if (!panel.isConnected) source.close();
    else if (!show(panel, JSON.parse(data))) over();
  });
  source.addEventListener("end", ({ data }) => {
    show(panel, JSON.parse(data));
    over();
  });
  // Too many listen, or the server has gone: ask again as a page without streams would.
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(over, 3_000);
  };
  addEventListener("pagehide", () => source.close(), { once: true });
}

// False when the run is in another state than the panel was made for.
function show(panel, run) {
  const put = (name, text) => {
    const place = $(`[data-of="${name}"]`, panel);
    if (place && place.textContent !== text) place.textContent = text;
  };
  ["rows_read", "rows_written", "rows_set_aside", "customers_created"].forEach((name) => put(name, number.format(run[name])));
  put("rows_per_second", run.rows_per_second === null ? "" : `${number.format(run.rows_per_second)} rows/s`);
  const total = run.estimated_rows !== null && run.estimated_rows >= run.rows_read ? run.estimated_rows : null;
  put("estimated_rows", total === null ? "rows" : `of about ${number.format(total)} rows`);
  const bar = $("progress", panel);
  if (bar && total !== null) {
    bar.max = Math.max(1, total);
    bar.value = run.rows_read;
  } else bar?.removeAttribute("value");
  $("[data-of='aside']", panel)?.classList.toggle("warn-text", run.rows_set_aside > 0);
  return run.status === panel.dataset.status;
}

// What stands there asks, not what is replaced: the answer of something that is gone would find no place.
const look = () => { if ($("#live")) htmx.trigger("#live", "runend"); };
document.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.elt.matches?.("[data-act]")) look(); });
setInterval(() => { if (!document.hidden && !$("#run[data-run]")) look(); }, 10_000);

/* The query */

document.addEventListener("click", ({ target }) => {
  const fix = target.closest?.("[data-query]");
  const place = target.closest?.("[data-place]");
  const text = $("#query");
  if (fix) {
    text.focus();
    text.select();
    // Keeps undo; see sql-editor.js.
    if (!document.execCommand("insertText", false, fix.dataset.query)) text.value = fix.dataset.query;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    $("[data-sql-run]")?.click();
  } else if (place) {
    const [line, column] = place.dataset.place.split(":").map(Number);
    const start = text.value.split("\n").slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + Math.max(0, column - 1);
    const word = /^\w+|^./.exec(text.value.slice(start));
    text.focus();
    text.setSelectionRange(start, start + (word ? word[0].length : 0));
    text.scrollIntoView({ block: "center" });
  }
});

// What was typed is not lost by a careless click.
let saving = false;
document.addEventListener("submit", ({ target }) => { if (target.matches("[data-keep]")) saving = true; });
addEventListener("beforeunload", (event) => {
  const form = $("form[data-keep]");
  const changed = form && !saving && [...form.elements].some((field) => field.type !== "hidden" && field.name
    && (field.type === "checkbox" ? field.checked !== field.defaultChecked
      : field.options ? [...field.options].some((option) => option.defaultSelected && !option.selected)
        : field.value !== field.defaultValue));
  if (changed) event.preventDefault();
});

// What leads back to a page closes the dialog over it.
document.addEventListener("click", (event) => { if (event.target.closest?.("dialog a[data-close]")) event.preventDefault(); });

document.addEventListener("input", ({ target }) => {
  if (target.id === "cursor-value") $("#rewind [value='value']").checked = true;
});

/* Files */

document.addEventListener("dragover", (event) => {
  const drop = event.target.closest?.(".drop");
  if (!drop) return;
  event.preventDefault();
  drop.classList.add("over");
});
["dragleave", "drop"].forEach((name) => document.addEventListener(name, (event) => {
  const drop = event.target.closest?.(".drop");
  if (!drop) return;
  drop.classList.remove("over");
  if (name === "drop" && event.dataTransfer.files.length) {
    event.preventDefault();
    $("input[type='file']", drop).files = event.dataTransfer.files;
  }
}));
document.addEventListener("htmx:xhr:progress", ({ target, detail }) => {
  const bar = $("progress", target);
  if (!bar || !detail.lengthComputable || !target.matches(".upload")) return;
  bar.hidden = false;
  bar.max = detail.total;
  bar.value = detail.loaded;
});

function all(root) {
  if (root.matches?.("[data-run]")) follow(root);
  root.querySelectorAll("[data-run]").forEach(follow);
}

document.addEventListener("htmx:load", ({ detail }) => all(detail.elt));
all(document);
