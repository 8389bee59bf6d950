// What happened elsewhere while the page lay open: newer answers, checked ones, another end.

import { showLocalTimes } from "./local_time.js";
import { locale, say, sayCount } from "./say.js";

const box = document.getElementById("notices");
const endNote = document.getElementById("end-note"); // not where there was no end when the page was made

/** Says which questions, by their numbers, have a newer answer than this page, and leads to them. */
export function tellNewerAnswers(numbers, address) {
  if (!numbers.length) {
    box.querySelector("[data-about=answers]")?.remove();
    return;
  }
  const text = sayCount(
    "Question %(list)s has a newer answer, given in another tab or on another device.",
    "Questions %(list)s have newer answers, given in another tab or on another device.",
    numbers.length,
    { list: listed(numbers) },
  );
  tell("answers", text, address);
}

/** Says of which questions, by their numbers, the answers were checked and stand, and leads to them. */
export function tellChecked(numbers, address) {
  const text = sayCount(
    "Question %(list)s was checked in another tab or on another device. Its answer stands as it was then, and no other counts.",
    "Questions %(list)s were checked in another tab or on another device. Their answers stand as they were then, and no others count.",
    numbers.length,
    { list: listed(numbers) },
  );
  tell("checked", text, address);
}

/** Says that the attempt ends at another moment now, an ISO 8601 text, or never. */
export function tellNewEnd(ends) {
  if (endNote) endNote.hidden = !ends;
  if (!ends) {
    line("end").textContent = say("Your time was changed: there is no limit now.");
    return;
  }
  if (endNote) endNote.querySelector("time").dateTime = ends;
  if (endNote) showLocalTimes(endNote);
  line("end").textContent = say("Your time was changed: you have until %(time)s now.", { time: localTime(ends) });
}

function listed(numbers) {
  return new Intl.ListFormat(locale).format([...numbers].sort((one, other) => one - other).map(String));
}

/** Sets a line only when it changed: each change is read out. */
function tell(name, text, address) {
  const found = line(name);
  if (found.firstChild?.textContent === `${text} `) return;
  const link = document.createElement("a");
  link.href = address;
  link.textContent = say("Show the newest answers");
  found.replaceChildren(`${text} `, link);
}

function line(name) {
  let found = box.querySelector(`[data-about=${name}]`);
  if (!found) {
    found = document.createElement("p");
    found.dataset.about = name;
    box.append(found);
  }
  return found;
}

function localTime(moment) {
  const holder = document.createElement("p");
  const time = document.createElement("time");
  time.dateTime = moment;
  holder.append(time);
  showLocalTimes(holder);
  return holder.textContent;
}
