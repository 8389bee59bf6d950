// Reloads the page when the quiz file was saved, keeps what was answered, and moves the items of an ordering.

const PAUSE = 500;
const form = document.getElementById("quiz");
const questions = form ? [...form.querySelectorAll("[data-question]")] : [];
const store = `answers of ${location.search}`;

// What a question asks, without what was answered: an answer is kept only where this has not changed.
const prints = new Map(questions.map((question) => [question.dataset.question, printOf(question)]));

function printOf(question) {
  const bare = question.cloneNode(true);
  bare.querySelectorAll(".mark, .feedback, .told, .key, .worth, .file-name").forEach((each) => each.remove());
  return [...bare.querySelectorAll(".item")].map((item) => item.textContent).sort().join() + bare.textContent.length +
    [...bare.querySelectorAll(".stem, .choice, .left, option")].map((each) => each.textContent).join("|");
}

function fieldsOf(question) {
  return [...question.querySelectorAll("input, select, textarea")].filter((field) => field.type !== "file");
}

function keep() {
  const kept = questions.map((question) => [
    question.dataset.question,
    prints.get(question.dataset.question),
    fieldsOf(question).map((field) => (/radio|checkbox/.test(field.type) ? field.checked : field.value)),
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
  const list = question.querySelector(".items");
  if (list) {
    const items = [...list.children];
    const find = (value) => items.find((item) => item.querySelector("input").value === value);
    list.append(...values.map(find).filter(Boolean));
    return;
  }
  fieldsOf(question).forEach((field, place) => {
    if (/radio|checkbox/.test(field.type)) field.checked = values[place];
    else field.value = values[place] ?? "";
  });
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  const item = button.closest("li");
  if (button.dataset.move === "1") item.nextElementSibling?.after(item);
  else item.previousElementSibling?.before(item);
  button.focus();
});

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
if (document.getElementById("result")) document.getElementById("result").scrollIntoView();
setTimeout(watch, PAUSE);
