// After an attempt: says which answers this browser kept and the server never got, and forgets what it kept.

import { KeptAnswers } from "./kept_answers.js";
import { sayCount } from "./say.js";

const { key, sequences } = document.getElementById("receipt").dataset;
const kept = new KeptAnswers(key);
const arrived = JSON.parse(sequences);
const lost = kept.all().filter(([questionId, { sequence }]) => !(sequence <= arrived[questionId]));

if (lost.length) {
  const note = document.getElementById("left-behind");
  note.textContent = sayCount(
    "The answer to %(num)s question was given on this device without a connection. It did not arrive in time and does not count.",
    "The answers to %(num)s questions were given on this device without a connection. They did not arrive in time and do not count.",
    lost.length,
  );
  note.hidden = false;
}
kept.clear();
