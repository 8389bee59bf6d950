// How much time is left: shown, and said now and then; the server's clock counts, not the one of this computer.

import { say, sayCount } from "./say.js";

const SAID_AT = [30 * 60, 10 * 60, 5 * 60, 60]; // seconds before the end
const KEPT = "quizferry hides time";

/** Shows the time that is left of the attempt, where it has an end, and calls `end` then. */
export function startTimer(form, end) {
  if (!form.dataset.ends) return;
  const box = document.getElementById("timer");
  const shown = document.getElementById("time-left");
  const said = document.getElementById("time-said");
  const button = document.getElementById("hide-time");
  // Counted on a clock that nobody sets: from what the server said when it made the page.
  const whole = (Date.parse(form.dataset.ends) - Date.parse(form.dataset.now)) / 1000;
  const began = performance.now();
  let before = Infinity;

  function hide(hidden) {
    shown.hidden = hidden;
    button.textContent = hidden ? say("Show time") : say("Hide time");
  }

  function tick() {
    const left = Math.max(0, Math.ceil(whole - (performance.now() - began) / 1000));
    shown.textContent = words(left);
    const mark = SAID_AT.find((at) => left <= at && before > at);
    if (mark && before !== Infinity) said.textContent = sayCount("%(num)s minute left", "%(num)s minutes left", mark / 60);
    before = left;
    if (left > 0) return;
    clearInterval(ticking);
    said.textContent = say("Your time is up. Your answers are submitted.");
    end();
  }

  button.addEventListener("click", () => {
    hide(!shown.hidden);
    sessionStorage.setItem(KEPT, shown.hidden ? "yes" : "");
  });
  box.hidden = false;
  try {
    hide(sessionStorage.getItem(KEPT) === "yes");
  } catch {
    hide(false); // a frame may have no storage
  }
  const ticking = setInterval(tick, 500);
  tick();
}

function words(seconds) {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = String(seconds % 60).padStart(2, "0");
  const time = hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
  return say("%(time)s left", { time });
}
