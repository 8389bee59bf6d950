// Reloads the page when the quiz file was saved, and keeps what was answered.

import { arrange } from "/forms.js";

const PAUSE = 500;
const form = document.getElementById("quiz");
const questions = form ? [...form.querySelectorAll("[data-question]")] : [];
const store = `answers of ${location.search}`;

// What a question asks, without what was answered: an answer is kept only where this has not changed.
const prints = new Map(questions.map((question) => [question.dataset.question, printOf(question)]));

function printOf(question) {
  const bare = question.cloneNode(true);
  bare.querySelectorAll(".moves, .mark, .feedback, .told, .key, .worth, .file-name").forEach((each) => each.remove());
  return [...bare.querySelectorAll(".item")].map((item) => item.textContent).sort().join() + bare.textContent.length +
    [...bare.querySelectorAll(".stem, .choice, .left, option")].map((each) => each.textContent).join("|");
}

function fieldsOf(question) {
  const fields = [...question.querySelectorAll("input, select, textarea")].filter((field) => field.type !== "file");
  // Moved items go back to where they came from: what is kept stands in the order of the page as it comes.
  return question.querySelector(".items") ? fields.sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true })) : fields;
}

function valuesOf(question) {
  return fieldsOf(question).map((field) => (/radio|checkbox/.test(field.type) ? field.checked : field.value));
}

function keep() {
  const kept = questions.map((question) => [
    question.dataset.question,
    prints.get(question.dataset.question),
    valuesOf(question),
  ]);
  sessionStorage.setItem(store, JSON.stringify({ kept, at: scrollY }));
}

function restore() {
  const { kept, at } = JSON.parse(sessionStorage.getItem(store) ?? '{"kept": [], "at": 0}');
  sessionStorage.removeItem(store);
  for (const [id, print, values] of kept) {
    const question = questions.find((each) => each.dataset.question === id);
    if (question && prints.get(id) === print) fill(question, values);
  }
  if (at) scrollTo(0, at);
}

function fill(question, values) {
  fieldsOf(question).forEach((field, place) => {
    if (/radio|checkbox/.test(field.type)) field.checked = values[place];
    else field.value = values[place] ?? "";
  });
}

async function watch() {
  const version = await fetch("/version").then((answer) => answer.text()).catch(() => null);
  if (version !== null && version !== document.body.dataset.version) {
    keep();
    location.replace(`/${location.search}`);
    return;
  }
  setTimeout(watch, PAUSE);
}

restore();
arrange(document);
if (document.getElementById("result")) document.getElementById("result").scrollIntoView();
setTimeout(watch, PAUSE);
