// Tables and formulas that are wider than the page scroll by themselves; here the Tab key gets to them, for the arrow keys.
// Firefox and newer Chromium stop at them anyway, Safari does not.

const seen = new ResizeObserver((entries) => entries.forEach(({ target }) => offer(target)));

/** Has the box be a stop of the Tab key only while there is more to see. */
function offer(box) {
  if (box.scrollWidth > box.clientWidth + 1) box.setAttribute("tabindex", "0");
  else box.removeAttribute("tabindex");
}

/** Lets the tables and formulas in a part of the page be scrolled by keyboard. */
export function scrollByKeys(root) {
  for (const box of root.querySelectorAll(".table-box, .prose math")) seen.observe(box);
}

scrollByKeys(document);
