// What pages of customers and of usage can do besides console.js. All handlers sit on the document.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/* <form data-without-empty>: what was left empty is not sent. So it is in all that htmx gets. */

document.addEventListener("formdata", ({ target, formData }) => {
  if (target.dataset.withoutEmpty === undefined) return;
  [...formData].forEach(([name, value]) => { if (value === "") formData.delete(name); });
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") return;
  [...detail.formData].forEach(([name, value]) => { if (value === "") detail.formData.delete(name); });
});

/* <input type="checkbox" data-tick-all="id"> ticks all of that name; [data-ticked="id"] says how many are. */

function count(name) {
  const boxes = all(`input[type="checkbox"][name="${CSS.escape(name)}"]`);
  const ticked = boxes.filter((box) => box.checked).length;
  all(`[data-ticked="${CSS.escape(name)}"]`).forEach((place) => { place.textContent = String(ticked); });
  all(`[data-tick-all="${CSS.escape(name)}"]`).forEach((box) => {
    box.checked = ticked > 0 && ticked === boxes.length;
    box.indeterminate = ticked > 0 && ticked < boxes.length;
  });
}

document.addEventListener("change", ({ target }) => {
  const name = target.dataset.tickAll;
  if (name) {
    all(`input[type="checkbox"][name="${CSS.escape(name)}"]`).forEach((box) => { box.checked = target.checked; });
    count(name);
  } else if (target.type === "checkbox" && document.querySelector(`[data-tick-all="${CSS.escape(target.name)}"]`)) {
    count(target.name);
  }
});

addEventListener("pageshow", () => all("[data-tick-all]").forEach((box) => count(box.dataset.tickAll)));

let focus;

document.addEventListener("click", ({ target }) => {
  let found;
  if ((found = target.closest("[data-put]"))) {
    put(found.dataset);
  } else if ((found = target.closest("[data-focus-after]"))) {
    focus = found.dataset.focusAfter;
  }
});

/* <button data-put="#input" data-put-text="amount" data-put-how="append">: types into an input. */

function put({ put: selector, putText: text, putHow: how }) {
  const input = document.querySelector(selector);
  if (!input) return;
  if (how === "append") {
    const name = /^[\p{L}\p{N}_.]+$/u.test(text) ? text : `"${text}"`;
    const before = input.value.slice(0, input.selectionStart);
    const after = input.value.slice(input.selectionEnd);
    const gap = before && !/[\s(]$/.test(before) ? " " : "";
    input.value = before + gap + name + after;
    input.focus();
    input.setSelectionRange((before + gap + name).length, (before + gap + name).length);
  } else {
    input.value = text;
    input.focus();
  }
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

// What was added to a form is where one types next.
document.addEventListener("htmx:afterSettle", () => {
  if (!focus) return;
  const field = document.getElementById(focus);
  focus = undefined;
  field?.focus();
});
