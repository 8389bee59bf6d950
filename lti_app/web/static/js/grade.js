// Keeps the state of the grade on its way to the gradebook current, until it is there or stuck.

import { showLocalTimes } from "./local_time.js";

const LONGEST_WAIT = 10_000;
const box = document.getElementById("grade");
let wait = 1000;

function isFinal() {
  return box.querySelector("[data-final=true]") !== null;
}

async function look() {
  if (document.hidden) return;
  const response = await fetch(box.dataset.url);
  if (!response.ok) return;
  const fresh = document.createElement("div");
  fresh.innerHTML = await response.text();
  showLocalTimes(fresh);
  // Set only when it changed: each change is read out.
  if (fresh.textContent.trim() !== box.textContent.trim()) box.replaceChildren(...fresh.children);
}

async function lookAgain() {
  await look().catch(() => {}); // offline: the next look may do
  wait = Math.min(wait * 1.5, LONGEST_WAIT);
  if (!isFinal()) setTimeout(lookAgain, wait);
}

if (!isFinal()) setTimeout(lookAgain, wait);
