// Dates are typed in the reader's own time zone, which only the browser knows.

import "./page.js";

const form = document.getElementById("settings");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Returns a moment as the field's text, in the reader's own time. */
function local(moment) {
  const two = (number) => String(number).padStart(2, "0");
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

if (zone && form.elements.zone.value === "UTC") {
  form.elements.zone.value = zone;
  document.getElementById("zone").textContent = zone.replaceAll("_", " ");
  for (const field of form.querySelectorAll("[type=datetime-local]")) {
    if (field.value) field.value = local(new Date(`${field.value}Z`));
  }
}
