// Has the server check the answer to one question, and shows what it tells then in the question's place.

import { say } from "./say.js";
import { scrollByKeys } from "./scrolling.js";
import { enlarge } from "./zoom.js";

const ENDED = 403;
const NOT_TAKEN = 422;

/** What the question says about why its answer is not checked; empty where it says nothing. */
export function tellObstacle(question, sentence) {
  const told = question.querySelector("[data-obstacle]");
  if (told) told.textContent = sentence;
}

/**
 * Checks the answer to the question, which cannot be changed meanwhile.
 *
 * `send()` brings the answer to the server and resolves to its response, which leads to the attempt's page. Resolves to
 * "checked", when the question shows what is told; "open", when it says why it is not checked; "ended", when the launch
 * is over; else to the address where the attempt goes on.
 */
export async function check(question, button, send) {
  tellObstacle(question, "");
  question.disabled = true;
  question.setAttribute("aria-busy", "true");
  const [outcome, sentence] = await ask(question, send);
  if (outcome !== "open") return outcome;
  question.disabled = false;
  question.removeAttribute("aria-busy");
  tellObstacle(question, sentence);
  button.focus();
  return outcome;
}

async function ask(question, send) {
  try {
    const response = await send();
    if (response.status === ENDED) return ["ended"];
    if (response.status === NOT_TAKEN) return ["open", (await response.json()).sentence];
    if (response.ok) return answer(question, response.url, await response.text());
  } catch {
    // No network, or half an answer.
  }
  return ["open", say("Not checked yet – no connection. Try again when you are back online.")];
}

function answer(question, url, html) {
  const shown = new DOMParser().parseFromString(html, "text/html").getElementById(question.id);
  const obstacle = shown?.querySelector("[data-obstacle]");
  if (obstacle) return ["open", obstacle.textContent];
  if (!shown?.dataset.checked) return [url];
  question.replaceWith(shown);
  enlarge(shown);
  scrollByKeys(shown);
  shown.focus({ preventScroll: true });
  shown.querySelector("h2").scrollIntoView({ block: "nearest" }); // the question may be longer than the screen
  return ["checked"];
}
