// Buttons that copy the value beside them. Without this script, or where the browser does not let a page copy, the
// value is text to select.

import "./page.js";
import { say } from "./say.js";

async function copy(button) {
  const word = button.firstChild;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    word.data = say("Copied");
  } catch {
    getSelection().selectAllChildren(button.parentElement.querySelector("code"));
    word.data = say("Selected");
  }
  setTimeout(() => (word.data = say("Copy")), 2000);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
