// A textarea in front of a coloured copy of its text. Without this script it is a plain textarea, and nothing is lost.

const Prism = globalThis.Prism;

// :cursor, :now and :last_run, but not a cast (::date). Strings and comments were taken before.
Prism.languages.insertBefore("sql", "function", { parameter: /(?<![:\w]):(?:cursor|now|last_run)\b/ });

function enhance(root) {
  const text = root.querySelector("textarea");
  const copy = root.querySelector("pre");
  if (!text || root.classList.contains("on")) return;
  let free = false;

  const paint = () => {
    copy.innerHTML = `${Prism.highlight(text.value, Prism.languages.sql, "sql")}\n`;
    text.rows = Math.max(8, Math.min(28, text.value.split("\n").length + 1));
    follow();
  };
  const follow = () => {
    copy.scrollTop = text.scrollTop;
    copy.scrollLeft = text.scrollLeft;
  };
  const type = (words) => {
    // The old command is the only one that keeps undo.
    if (!document.execCommand("insertText", false, words)) text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
    paint();
  };
  const indent = (out) => {
    const { value, selectionStart: start, selectionEnd: end } = text;
    if (start === end && !out) return type("  ");
    const first = value.lastIndexOf("\n", start - 1) + 1;
    const lines = value.slice(first, end).split("\n");
    const moved = lines.map((line) => (out ? line.replace(/^ {1,2}|^\t/, "") : `  ${line}`)).join("\n");
    text.setSelectionRange(first, end);
    type(moved);
    return text.setSelectionRange(lines.length > 1 ? first : Math.max(first, start - (out ? 2 : 0)), first + moved.length);
  };

  text.addEventListener("input", paint);
  text.addEventListener("scroll", follow, { passive: true });
  text.addEventListener("blur", () => { free = false; });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      (text.form ?? document).querySelector("[data-sql-run]")?.click();
    } else if (event.key === "Escape") {
      // Tab writes spaces here; after Escape it leads on, as everywhere else.
      free = true;
      event.stopPropagation();
    } else if (event.key === "Tab" && !free && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      indent(event.shiftKey);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      const line = text.value.slice(0, text.selectionStart).split("\n").at(-1);
      const margin = /^[ \t]*/.exec(line)[0];
      if (!margin) return;
      event.preventDefault();
      type(`\n${margin}`);
    }
  });
  text.form?.addEventListener("reset", () => requestAnimationFrame(paint));
  text.setAttribute("aria-description", "Tab indents. Press Escape, then Tab, to leave. Control and Enter previews.");
  root.classList.add("on");
  paint();
}

function all(root) {
  if (root.matches?.("[data-sql]")) enhance(root);
  root.querySelectorAll("[data-sql]").forEach(enhance);
}

document.addEventListener("htmx:load", ({ detail }) => all(detail.elt));
all(document);
