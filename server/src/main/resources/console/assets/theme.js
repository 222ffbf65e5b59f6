// Before the first paint: the theme that was chosen in this browser. Without one the system's holds.
(() => {
  try {
    const theme = localStorage.getItem("meterline.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is forbidden here: the system's theme it is.
  }
})();
