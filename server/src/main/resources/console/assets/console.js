// What every page can do. Elements say what they want with data- attributes; see docs/internals/console-kit.md.
// All handlers sit on the document, so parts that arrive later need no set-up; `dress` does what must be done once.

const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const home = () => `/console/${document.documentElement.dataset.environment ?? "live"}`;

const iconPath = (name) => `${new URL("icons.svg", import.meta.url).pathname}#${name}`;

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", iconPath(name));
  svg.append(use);
  return svg;
}

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/* Times: the viewer's zone, UTC on hover, relative for the last day. */

const DAY = 86_400_000;
const format = (options) => new Intl.DateTimeFormat(undefined, { hourCycle: "h23", ...options });
const clock = format({ hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 });
const short = format({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const shortYear = format({ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
const date = format({ day: "numeric", month: "short", year: "numeric" });
const exact = format({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 });
const exactYear = format({ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 });
const full = format({ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto", style: "narrow" });

function ago(ms) {
  const seconds = Math.round(ms / 1000);
  if (Math.abs(seconds) < 60) return relative.format(seconds, "second");
  if (Math.abs(seconds) < 3600) return relative.format(Math.round(seconds / 60), "minute");
  return relative.format(Math.round(seconds / 3600), "hour");
}

function showTime(time) {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.getTime())) return;
  const since = at.getTime() - Date.now();
  const today = Math.abs(since) < DAY;
  const text = {
    clock: () => (today ? clock : full).format(at),
    exact: () => (today ? clock : Math.abs(since) < 300 * DAY ? exact : exactYear).format(at),
    date: () => date.format(at),
    full: () => full.format(at),
  }[time.dataset.as] ?? (() => (today ? ago(since) : (Math.abs(since) < 300 * DAY ? short : shortYear).format(at)));
  const shown = text();
  if (time.textContent !== shown) time.textContent = shown;
  const utc = time.dateTime.replace("T", " ").replace(/Z$/, " UTC");
  time.title = time.dataset.as === "full" ? utc : `${full.format(at)}\n${utc}`;
}

setInterval(() => all("time[data-as='auto']").forEach(showTime), 20_000);

/* Toasts: from the page, from HX-Trigger, or from a script: dispatch "toast" with {text, failed, tone, label, path, undo}. */

function dismiss(toast) {
  toast.classList.add("leaving");
  setTimeout(() => toast.remove(), 200);
}

function live(toast) {
  // What failed, or can be undone, stays until it was read.
  const life = toast.classList.contains("bad") ? 0 : $("a, form", toast) ? 12_000 : 5_000;
  if (!life) return;
  let timer = setTimeout(dismiss, life, toast);
  const hold = () => clearTimeout(timer);
  const go = () => { hold(); timer = setTimeout(dismiss, 2_500, toast); };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("pointerleave", go);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("focusout", go);
}

export function toast({ text, failed = false, tone = failed ? "bad" : "ok", label, path, undo }) {
  const images = { ok: "circle-check", info: "info", warn: "triangle-alert", bad: "circle-alert" };
  const made = element("div", `toast ${tone}`, icon(images[tone] ?? "info"), element("p", "", text));
  const address = (place) => (place.startsWith("/console/") ? place : home() + place);
  if (undo) {
    const button = element("button", "button ghost small", label ?? "Undo");
    const token = document.createElement("input");
    Object.assign(token, { type: "hidden", name: "csrf", value: csrf() });
    const form = element("form", "", token, button);
    Object.assign(form, { method: "post", action: address(undo) });
    made.append(form);
  } else if (path) {
    const link = element("a", "button ghost small", label ?? "View");
    link.href = address(path);
    made.append(link);
  }
  const close = element("button", "button ghost square small", icon("x"));
  close.type = "button";
  close.dataset.dismiss = "";
  close.ariaLabel = "Dismiss";
  made.append(close);
  $("#toasts")?.append(made);
  lift();
  live(made);
}

// Above a dialog that is open: what comes last into the top layer lies on top.
function lift() {
  const place = $("#toasts[popover]");
  if (place?.matches(":popover-open")) place.hidePopover();
  place?.showPopover?.();
}

function csrf() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRF-Token"] ?? "";
}

document.addEventListener("toast", (event) => toast(event.detail));
document.addEventListener("htmx:sendError", () => toast({ text: "The server cannot be reached. Nothing was changed.", failed: true }));
document.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
  if (xhr.status === 401) location.reload();
  else if (!xhr.getResponseHeader("HX-Trigger")?.includes("toast")) {
    toast({ text: problem(xhr) ?? `That did not work (${xhr.status}). Nothing was changed.`, failed: true });
  }
});

function problem(xhr) {
  if (!xhr.getResponseHeader("Content-Type")?.includes("json")) return undefined;
  try {
    return JSON.parse(xhr.responseText).detail;
  } catch {
    return undefined;
  }
}

/* What is typed while the server lays a form anew (data-anew) stays, unless the field came back as another one. */

const asked = new WeakMap();
const typable = (root) => all("[name]:is(input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea)", root);
const typed = (root) => new Map(typable(root).map(({ name, value }) => [name, value]));

document.addEventListener("htmx:beforeRequest", ({ detail: { target, xhr } }) => {
  if (target?.matches("[data-anew]")) asked.set(xhr, { sent: typed(target) });
});
document.addEventListener("htmx:beforeSwap", ({ detail: { target, xhr } }) => {
  const form = asked.get(xhr);
  if (form) form.now = typed(target);
});
document.addEventListener("htmx:afterSwap", ({ detail: { target, xhr } }) => {
  const { sent, now } = asked.get(xhr) ?? {};
  if (!asked.delete(xhr) || !now) return;
  for (const field of typable(target)) {
    const [before, after] = [sent.get(field.name), now.get(field.name)];
    if (after === undefined || after === before || field.value !== before) continue;
    field.value = after;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
});

/* Copying */

async function copy(button) {
  const from = button.dataset.copyFrom;
  const text = from ? (({ value, textContent }) => value ?? textContent)($(from)) : button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return toast({ text: "This browser does not allow copying here. Select the text instead.", failed: true });
  }
  const use = $("use", button);
  if (!use || button.classList.contains("copied")) return undefined;
  const before = use.getAttribute("href");
  use.setAttribute("href", iconPath("check"));
  button.classList.add("copied");
  announce("Copied");
  return setTimeout(() => {
    use.setAttribute("href", before);
    button.classList.remove("copied");
  }, 1_400);
}

function announce(text) {
  const said = element("p", "sr", text);
  $("#toasts")?.append(said);
  setTimeout(() => said.remove(), 1_500);
}

/* Clicks */

document.addEventListener("click", (event) => {
  const target = event.target;
  const on = (selector) => target.closest?.(selector);
  let found;
  if ((found = on("[data-copy], [data-copy-from]"))) {
    event.preventDefault();
    copy(found);
  } else if ((found = on("[data-dismiss]"))) {
    dismiss(found.closest(".toast, .notice"));
  } else if ((found = on("[data-open]"))) {
    open(document.getElementById(found.dataset.open));
  } else if (on("[data-print]")) {
    print();
  } else if ((found = on("[data-close]"))) {
    found.closest("dialog")?.close();
  } else if (target.matches?.("dialog")) {
    // The veil: the dialog itself is covered by its parts.
    const box = target.getBoundingClientRect();
    const inside = event.clientY >= box.top && event.clientY <= box.bottom && event.clientX >= box.left && event.clientX <= box.right;
    if (!inside && !dirty(target)) target.close();
  } else if ((found = on("tr[data-row]")) && !on("a, button, input, label, select, [popover]") && !String(getSelection())) {
    $("a.row-link", found)?.click();
  } else if (on("[popover] a, [popover] button:not([type=submit])") && !on("[data-stay]")) {
    on("[popover]").hidePopover?.();
  }
});

function open(dialog) {
  if (!dialog || dialog.open) return;
  dialog.showModal?.();
  ($("[autofocus], [aria-invalid=true]", dialog) ?? $("input:not([type=hidden]), select, textarea", dialog))?.focus();
}

const dirty = (dialog) => all("input, textarea, select", dialog).some((field) =>
  field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
    : field.options ? [...field.options].some((option) => option.selected !== option.defaultSelected && option.defaultSelected)
      : field.type !== "hidden" && field.value !== field.defaultValue);

/* Fields that are empty are no part of an address. */

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") return;
  for (const [name, value] of [...detail.formData]) if (value === "") detail.formData.delete(name);
});
document.addEventListener("submit", ({ target }) => {
  if (target.method !== "get") return;
  all("input, select", target).filter((field) => field.value === "" && !field.disabled).forEach((field) => {
    field.disabled = true;
    setTimeout(() => { field.disabled = false; });
  });
});

/* A form is sent once, and says that it is on its way. */

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => {
  delete form.dataset.sent;
  $("[aria-busy]", form)?.removeAttribute("aria-busy");
}));

/* A word to type before what cannot be undone */

function guard(input) {
  const right = input.value.trim() === input.dataset.confirm;
  all("button[type=submit], button:not([type])", input.form).forEach((button) => { button.disabled = !right; });
}

document.addEventListener("input", ({ target }) => {
  if (target.dataset.confirm !== undefined) guard(target);
});

document.addEventListener("change", ({ target }) => {
  if (target.closest("[data-themes]")) setTheme(target.value);
  if (target.dataset.submit !== undefined) target.form.requestSubmit();
});

/* Theme */

function setTheme(theme) {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem("meterline.theme");
    else localStorage.setItem("meterline.theme", theme);
  } catch {
    // It holds for this page, then.
  }
  document.dispatchEvent(new CustomEvent("theme"));
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.dispatchEvent(new CustomEvent("theme")));

/* Menus stand below what opens them, or above where there is no room. */

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (event.newState !== "open" || !menu.matches?.(".menu")) return;
  const anchor = document.activeElement?.getAttribute("popovertarget") === menu.id ? document.activeElement
    : $(`[popovertarget="${CSS.escape(menu.id)}"]`);
  if (!anchor) return;
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = at.bottom + 4 + height <= innerHeight || at.top < height;
  const left = at.left + width > innerWidth - 8 ? at.right - width : at.left;
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  menu.style.top = `${below ? Math.min(at.bottom + 4, innerHeight - Math.min(height, innerHeight - 16) - 8) : at.top - 4 - height}px`;
  $("a, button, input:checked, input, select", menu)?.focus({ preventScroll: true });
}, true);

addEventListener("scroll", (event) => {
  if (event.target === document) all(".menu:popover-open").forEach((menu) => menu.hidePopover());
}, { passive: true, capture: true });

/* Keyboard */

let leader = 0;
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const menu = event.target.closest?.(".menu");
  if (menu && (event.key === "ArrowDown" || event.key === "ArrowUp") && !event.target.matches("input, select, textarea")) {
    event.preventDefault();
    step(all("a, button", menu), event.key === "ArrowDown" ? 1 : -1);
    return;
  }
  if (event.key === "Escape") {
    escape(event);
    return;
  }
  const search = event.target.closest?.(".search");
  if (search && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    step([$("input", search), ...all(".found a", search)], event.key === "ArrowDown" ? 1 : -1);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || $("dialog[open]")) return;
  const led = Date.now() - leader < 1_200;
  leader = 0;
  if (led) {
    const link = $(`[data-jump="${CSS.escape(event.key)}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
  } else if (event.key === "g") {
    leader = Date.now();
  } else if (event.key === "/") {
    event.preventDefault();
    $("[data-search]")?.focus();
    $("[data-search]")?.select();
  } else if (event.key === "?") {
    open($("#keys"));
  } else if (event.key === "j" || event.key === "k") {
    step(all("a.row-link").filter((link) => link.offsetParent), event.key === "j" ? 1 : -1);
  }
});

function step(items, by) {
  const now = items.indexOf(document.activeElement);
  const next = items[now < 0 ? (by > 0 ? 0 : items.length - 1) : Math.max(0, Math.min(items.length - 1, now + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function escape(event) {
  if ($("dialog[open], .menu:popover-open, .rail:popover-open")) return;
  if (event.target.closest?.(".search")) {
    event.target.blur();
  } else if (!typing(event.target) || event.target.closest("[data-drawer]")) {
    $("[data-drawer-close]")?.click();
  }
}

/*
 * Streams: <tbody data-stream="URL" data-stream-swap="prepend|append|replace" data-stream-max="200">.
 * A message is HTML. Unnamed ones go into the element; one named x goes into its [data-stream-part="x"] (or the
 * element itself when that is its part). "toast" shows a toast of JSON, "done" ends the stream and follows
 * data-stream-done: a URL, or "reload". With data-stream-reload="x" the page is asked for again at the first x.
 */

const streams = new WeakMap();

function connect(root) {
  const source = new EventSource(root.dataset.stream);
  const state = { source, held: streams.get(root)?.held ?? [] };
  streams.set(root, state);
  const take = (place) => (event) => {
    if (!root.isConnected) return source.close();
    if (root.dataset.streamPaused !== undefined) {
      state.held.push([place, event.data]);
      if (state.held.length > 500) state.held.shift();
      return undefined;
    }
    return put(place, event.data);
  };
  source.onmessage = take(root);
  all("[data-stream-part]", root).concat(root.dataset.streamPart ? [root] : [])
    .forEach((part) => source.addEventListener(part.dataset.streamPart, take(part)));
  source.addEventListener("toast", (event) => toast(JSON.parse(event.data)));
  source.addEventListener("done", (event) => {
    source.close();
    root.dataset.streamOver = "yes";
    const then = root.dataset.streamDone ?? event.data;
    if (then === "reload") location.reload();
    else if (then?.startsWith("/console/")) location.assign(then);
  });
  if (root.dataset.streamReload) source.addEventListener(root.dataset.streamReload, () => location.reload());
  source.onopen = () => root.removeAttribute("data-stream-lost");
  source.onerror = () => {
    if (source.readyState !== EventSource.CONNECTING || root.isConnected) root.dataset.streamLost = "";
    else source.close();
  };
}

function put(place, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const arrived = [...template.content.children];
  // What stands there already has changed.
  arrived.forEach(({ id }) => id && document.getElementById(id)?.remove());
  const swap = place.dataset.streamSwap ?? "replace";
  if (swap === "prepend") place.prepend(...arrived.reverse());
  else if (swap === "append") place.append(...arrived);
  else place.replaceChildren(template.content);
  const max = Number(place.dataset.streamMax ?? 500);
  if (swap !== "replace") {
    arrived.forEach((item) => item.classList.add("arrived"));
    while (place.children.length > max) (swap === "prepend" ? place.lastElementChild : place.firstElementChild).remove();
  }
  (swap === "replace" ? [place] : arrived).forEach((item) => {
    globalThis.htmx?.process(item);
    dress(item);
  });
}

// <button data-stream-hold="#rows" aria-pressed="false">: holds a stream back, and lets go of what came meanwhile.
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-stream-hold]");
  if (!button) return;
  const root = $(button.dataset.streamHold);
  const hold = root.dataset.streamPaused === undefined;
  button.ariaPressed = String(hold);
  if (hold) root.dataset.streamPaused = "";
  else {
    delete root.dataset.streamPaused;
    streams.get(root)?.held.splice(0).forEach(([place, html]) => put(place, html));
  }
});

/* JSON in colours */

function colour(pre) {
  const text = pre.textContent;
  const parts = text.split(/("(?:\\.|[^"\\])*"(?=\s*:)|"(?:\\.|[^"\\])*"|-?\b\d[\d.eE+-]*\b|\b(?:true|false|null)\b)/);
  pre.replaceChildren(...parts.map((part, at) => {
    if (at % 2 === 0) return part;
    const key = part[0] === '"' && /^\s*:/.test(parts[at + 1] ?? "");
    return element("span", key ? "k" : part[0] === '"' ? "s" : "n", part);
  }));
  delete pre.dataset.json;
}

/* What scrolls can be reached by keyboard, also where nothing inside takes the focus */

function reach(box) {
  const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
  if (!scrolls || $("a[href], button, input, select, textarea, summary", box)) {
    box.removeAttribute("tabindex");
    return;
  }
  box.tabIndex = 0;
  box.role = "region";
  box.ariaLabel = (box.closest(".panel")?.querySelector("h2") ?? $("caption", box))?.textContent.trim() || "Table";
}

addEventListener("resize", () => all(".table-scroll").forEach(reach), { passive: true });

/* Done once for each part of a page */

function dress(root) {
  const each = (selector, work) => {
    if (root.matches?.(selector)) work(root);
    all(selector, root).forEach(work);
  };
  each("time[datetime]", showTime);
  each("pre[data-json]", colour);
  each("[data-toast]", (made) => { made.removeAttribute("data-toast"); live(made); });
  each("[data-confirm]", guard);
  each(".table-scroll", reach);
  each("input[data-instant]:not([data-instant-on])", (input) => { input.dataset.instantOn = ""; local(input); });
  each("dialog[data-show]", open);
  each("[data-stream]", (stream) => streams.has(stream) || connect(stream));
  each("[data-drawer]", (drawer) => { if (root !== document && root !== document.body) drawer.focus({ preventScroll: true }); });
}

// The row whose thing is opened beside the table.
document.addEventListener("htmx:pushedIntoHistory", () => all("tr[data-row]").forEach((row) => {
  const opened = $("a.row-link", row)?.pathname === location.pathname;
  row.classList.toggle("selected", opened);
}));

// <input type="datetime-local" data-instant="from" value="2026-01-05T21:56:52Z">: shown in the viewer's zone, sent as an instant.
function local(input) {
  const sent = document.createElement("input");
  Object.assign(sent, { type: "hidden", name: input.dataset.instant });
  const shown = new Date(input.getAttribute("value") ?? "");
  if (!Number.isNaN(shown.getTime())) {
    input.value = new Date(shown.getTime() - shown.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  }
  const take = () => { sent.value = input.value ? new Date(input.value).toISOString() : ""; };
  input.removeAttribute("name");
  input.addEventListener("input", take);
  take();
  input.after(sent);
}

document.addEventListener("htmx:load", ({ detail }) => dress(detail.elt));
// A page that nobody sees takes no connection from those that are seen; it goes on where it left off.
document.addEventListener("visibilitychange", () => all("[data-stream]").forEach((root) => {
  if (document.hidden) streams.get(root)?.source.close();
  else if (streams.get(root)?.source.readyState === EventSource.CLOSED && !root.dataset.streamOver) connect(root);
}));
addEventListener("pagehide", () => all("[data-stream]").forEach((root) => streams.get(root)?.source.close()));
addEventListener("pageshow", ({ persisted }) => { if (persisted) all("[data-stream]").forEach(connect); });

{
  const theme = document.documentElement.dataset.theme ?? "system";
  all("[data-themes] input").forEach((input) => { input.checked = input.value === theme; });
  dress(document);
}
