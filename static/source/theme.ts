/** Sets the theme that the person chose before the page is first painted; runs alone, blocking, in the head. */
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset["theme"] = chosen;
} catch {
  // Storage is closed to us: the page follows the system.
}
document.documentElement.classList.add("js");
