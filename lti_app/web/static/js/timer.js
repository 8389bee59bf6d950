// How much time is left: shown, and said now and then; the server's clock counts, not the one of this computer.

import { say, sayCount } from "./say.js";

const SAID_AT = [30 * 60, 10 * 60, 5 * 60, 60]; // seconds before the end
const KEPT = "quizferry hides time";

/** The time that is left of an attempt, as far as it has an end; calls `end` then. */
export class Timer {
  #box = document.getElementById("timer");
  #shown = document.getElementById("time-left");
  #said = document.getElementById("time-said");
  #button = document.getElementById("hide-time");
  #end;
  #ends;
  #until;
  #before = Infinity;
  #ticking;

  constructor(end) {
    this.#end = end;
    this.#button.addEventListener("click", () => {
      this.#hide(!this.#shown.hidden);
      try {
        sessionStorage.setItem(KEPT, this.#shown.hidden ? "yes" : "");
      } catch {
        // A frame may have no storage: then it holds for this page.
      }
    });
    try {
      this.#hide(sessionStorage.getItem(KEPT) === "yes");
    } catch {
      this.#hide(false);
    }
  }

  /** Whether the time is over. */
  get isUp() {
    return Boolean(this.#ends) && performance.now() >= this.#until;
  }

  /** Counts to the moment `ends`, null for never, from the server's `now`; returns whether that is a new moment. */
  follow(ends, now) {
    const until = performance.now() + Date.parse(ends) - Date.parse(now); // on a clock that nobody sets
    if (ends === this.#ends) {
      this.#until = Math.min(this.#until, until); // but that stands still on many a device while it sleeps
      return false;
    }
    const isNew = this.#ends !== undefined;
    this.#ends = ends;
    clearInterval(this.#ticking);
    this.#box.hidden = !ends;
    if (!ends) return isNew;
    this.#until = until;
    this.#before = Infinity;
    this.#ticking = setInterval(() => this.#tick(), 500);
    this.#tick();
    return isNew;
  }

  #hide(hidden) {
    this.#shown.hidden = hidden;
    this.#button.textContent = hidden ? say("Show time") : say("Hide time");
  }

  #tick() {
    const left = Math.max(0, Math.ceil((this.#until - performance.now()) / 1000));
    this.#shown.textContent = words(left);
    const mark = SAID_AT.find((at) => left <= at && this.#before > at);
    if (mark && this.#before !== Infinity) this.#said.textContent = sayCount("%(num)s minute left", "%(num)s minutes left", mark / 60);
    this.#before = left;
    if (left > 0) return;
    clearInterval(this.#ticking);
    this.#said.textContent = say("Your time is up. Your answers are submitted.");
    this.#end();
  }
}

function words(seconds) {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = String(seconds % 60).padStart(2, "0");
  const time = hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
  return say("%(time)s left", { time });
}
