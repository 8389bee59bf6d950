// The line at the end of the quiz page that says how saving stands.

import { say } from "./say.js";

const STATES = {
  saving: say("Saving…"),
  saved: say("Saved"),
  kept: say("Kept on this device – will be sent when you are back online"),
  trouble: say("Not saved yet – will retry"),
  submitted: say("This attempt is over."),
  ended: say("Your visit has ended, so nothing more is saved. Open the quiz again from your course."),
  refused: say("This answer cannot be saved. Reload the page and answer again."),
};
const MOMENT = 400;

const line = document.getElementById("saving");
const { result } = document.getElementById("quiz").dataset;
let said;
let timer;

/** Shows a state that the answers' saver reports, or "kept"; `refusal` says why an answer was refused, if it was. */
export function showState(state, refusal) {
  clearTimeout(timer);
  line.dataset.state = state;
  // A save takes a few milliseconds: shown only when it takes longer, and never read out.
  if (state === "saving") timer = setTimeout(sayState, MOMENT, state);
  else sayState(state, refusal);
}

/** Says something else there; what was said last is not read out again. */
export function sayOnLine(sentence) {
  show(sentence, sentence === said ? "off" : "polite");
  said = sentence;
}

/** Has the next sentence read out, even if it was the last one: it answers what somebody has just done. */
export function sayAnew() {
  said = undefined;
}

function show(sentence, live) {
  line.setAttribute("aria-live", live);
  if (live === "polite" || line.textContent !== sentence) line.textContent = sentence;
}

function sayState(state, refusal) {
  if (state === "saving") show(STATES.saving, "off");
  else sayOnLine((state === "refused" && refusal) || STATES[state]);
  if (state === "submitted") {
    const link = document.createElement("a");
    link.href = result;
    link.textContent = say("See the result");
    line.append(" ", link);
  }
}
