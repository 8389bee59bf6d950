// The quiz page: saves each answer as it is given, has it checked, counts, and asks once before questions are left open.

import "./page.js";
import { arrange } from "../forms/forms.js";
import { AnswerSaver } from "./answer_saver.js";
import { keepClear, keepOnScreen } from "./bar.js";
import { check, tellObstacle } from "./checking.js";
import { fill, formWithout, holds, isAnswered, isTouched, valuesOf } from "./fields.js";
import { KeptAnswers } from "./kept_answers.js";
import { tellChecked, tellNewEnd, tellNewerAnswers } from "./notices.js";
import { pause } from "./retry.js";
import { sayAnew, sayOnLine, showState } from "./saving_line.js";
import { say, sayCount } from "./say.js";
import { Timer } from "./timer.js";
import { isUploading, uploaded, uploadFrom } from "./upload.js";
import { watch } from "./watch.js";
import { countWords } from "./words.js";

// Milliseconds from a first key to the save; further keys do not put it off.
const TYPING = 700;
// Browsers refuse to send more than this from a page that goes.
const LARGEST_PARTING = 60_000;

const form = document.getElementById("quiz");
const bar = document.querySelector(".bar");
const questions = [...form.querySelectorAll("[data-question]")];
const progressLine = document.getElementById("progress-done");
const submitButton = document.getElementById("submit-button"); // not on a page that others follow
const finishHeading = document.getElementById("finish-heading");
const finishText = document.getElementById("finish-text");
const openList = [...document.querySelectorAll("#open-questions li")];
const unasked = { heading: say("Ready to submit?"), text: say("After you submit, this attempt’s answers stand.") };

// Names this page among all that may have the attempt open; see services/changes.py.
const page = crypto.getRandomValues(new Uint32Array(2)).join("-");
const changed = new Set();
// Questions that have a newer answer than this page shows; and those of which something else is sent than it shows.
const newerElsewhere = new Set();
const unshown = new Set();
// The numbers of questions that were checked elsewhere: their answers stand.
const checkedElsewhere = new Set();
const typing = new Map();
let submitting = false;

function openQuestions() {
  return questions.filter((question) => !isAnswered(question) && !isUploading(question));
}

/** Returns how many questions are open, those on other pages too as far as this one can lead to them. */
function openCount() {
  return openQuestions().length + openList.filter((entry) => !entry.hidden && entry.querySelector("button")).length;
}

function put(questionId, { at, ...answer }, signal) {
  const body = JSON.stringify({ ...answer, age: Math.max(0, Date.now() - at) });
  return fetch(`${form.dataset.attempt}/answers/${encodeURIComponent(questionId)}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": form.elements.csrf_token.value },
    body,
    keepalive: body.length < LARGEST_PARTING, // outlives the page
    signal,
  });
}

const kept = new KeptAnswers(form.dataset.key);
const saver = new AnswerSaver(
  put,
  (state, questionId, told) => {
    showState(state === "trouble" && kept.works ? "kept" : state, told?.sentence ?? saver.refusal);
    if (!questionId) return;
    const question = questions.find((each) => each.dataset.question === questionId);
    if (told.sentence) hearRefused(question, questionId, told);
    else if (question) hearSaved(question, told);
    if (told.attempt) follow(told.attempt);
  },
  kept,
);
const timer = new Timer(() => submitting || submit(submitButton));

function hearSaved(question, told) {
  const isShown = !unshown.delete(question);
  if (told.saved === isShown) newerElsewhere.delete(question);
  else newerElsewhere.add(question);
  question.dataset.sequence = told.sequence;
  // The form must not take back what is given elsewhere from now on, or stands already as the newer answer.
  changed.delete(question);
  if (typing.has(question)) return; // what is said would be about half a word
  question.querySelector(".saved-mark").hidden = !(told.saved && isShown);
  const understood = question.querySelector("[data-understood]");
  // Set only when it changed: each change is read out.
  if (understood && isShown && understood.textContent !== told.understood) understood.textContent = told.understood;
}

function hearRefused(question, questionId, { attempt }) {
  const understood = question?.querySelector("[data-understood]");
  if (understood) understood.textContent = ""; // it was about the number before
  if (!attempt?.checked.includes(questionId)) return;
  const shown = [...form.querySelectorAll("[data-number]")];
  const found = shown.find(({ dataset }) => questionId === (dataset.question ?? dataset.checked));
  if (found) checkedElsewhere.add(Number(found.dataset.number)); // else it is on another page
}

/** Takes no more answers to a question that was checked elsewhere. */
function close(question) {
  question.disabled = true;
  changed.delete(question);
  newerElsewhere.delete(question);
  checkedElsewhere.add(Number(question.dataset.number));
}

/** Hears how the attempt stands on the server. */
function follow({ over, ends, now, sequences, checked }) {
  if (over) saver.stop(409);
  if (timer.follow(ends, now)) tellNewEnd(ends);
  for (const question of questions) {
    const { question: id, sequence } = question.dataset;
    if (checked.includes(id) && !question.disabled) close(question);
    if (question.disabled) continue;
    if (sequences[id] > Number(sequence) && !saver.waitsFor(id)) newerElsewhere.add(question);
  }
  if (checkedElsewhere.size) tellChecked([...checkedElsewhere], form.dataset.attempt);
  tellNewerAnswers([...newerElsewhere].map(({ dataset }) => Number(dataset.number)), form.dataset.attempt);
}

async function hearStanding(response) {
  if (response.ok) follow(await response.json());
  else if (response.status === 403) saver.stop(403);
}

function showProgress() {
  const open = new Set(openQuestions());
  const done = Number(form.dataset.answeredElsewhere) + questions.length - open.size;
  if (progressLine.getAttribute("width") !== String(done)) {
    document.getElementById("answered").textContent = say("%(done)s of %(total)s", { done, total: Number(form.dataset.total) });
    progressLine.setAttribute("width", done);
  }
  if (!submitButton) return;
  for (const question of questions) {
    document.getElementById(`open-${question.dataset.number}`).hidden = !open.has(question);
  }
  document.getElementById("open-questions").hidden = openList.every((entry) => entry.hidden);
}

function askOnce() {
  const count = openCount();
  finishHeading.textContent = sayCount("%(num)s question has no answer", "%(num)s questions have no answer", count);
  finishText.textContent = say("You can still go back. An open question earns no points.");
  submitButton.textContent = say("Submit anyway");
  submitButton.value = "yes";
  finishHeading.focus();
}

function unask() {
  finishHeading.textContent = unasked.heading;
  finishText.textContent = unasked.text;
  submitButton.textContent = say("Submit quiz");
  submitButton.value = "";
}

/** Follows a link to the address, so that the launch's secret is carried along where it has to be. */
function go(url) {
  const link = document.createElement("a");
  link.href = url;
  document.body.append(link);
  link.click();
}

async function submit(button) {
  submitting = true;
  sayAnew();
  if (questions.some(isUploading)) sayWaiting(say("Waiting until your file has arrived…"));
  if (!timer.isUp && !(await uploaded()) && !timer.isUp) {
    submitting = false;
    sayWaiting(say("Not sent yet: your file was not taken. See what stands below it."));
    return;
  }
  for (let failures = 0; ; ) {
    if (failures && button === submitButton) sayWaiting(say("Not submitted yet – no connection. Trying again; keep this page open."));
    else if (failures) sayWaiting(say("Not sent yet – no connection. Trying again; keep this page open."));
    else if (button === submitButton) sayWaiting(say("Submitting…"));
    try {
      takeTyped();
      if (!(await saver.finish())) throw new Error("an answer waits");
      // What was not touched here may have been answered in another tab since: that stands as it is saved.
      const untouched = questions.filter((question) => !changed.has(question));
      const body = formWithout(untouched, form, button);
      const response = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body });
      if (response.status === 422) {
        submitting = false;
        sayWaiting((await response.json()).sentence);
        return;
      }
      if (response.status < 500 && response.status !== 429) {
        saver.stop();
        // Where the server leads: the next question, the result, or a page that says what is wrong.
        if (response.redirected) go(response.url);
        else form.submit();
        return;
      }
    } catch {
      // No network, or a server that fails.
    }
    failures += 1;
    await pause(failures);
  }
}

async function checkAnswer(button) {
  const question = button.closest("[data-question]");
  takeTyped();
  const body = formWithout(questions.filter((each) => each !== question), form, button);
  const outcome = await check(question, button, async () => {
    if (!(await saver.finish())) throw new Error("an answer waits");
    return fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body });
  });
  if (outcome === "open") return;
  if (outcome === "ended") saver.stop(403);
  else if (outcome !== "checked") go(outcome);
  else {
    questions.splice(questions.indexOf(question), 1);
    for (const some of [changed, newerElsewhere, unshown]) some.delete(question);
    form.dataset.answeredElsewhere = Number(form.dataset.answeredElsewhere) + 1;
    openList.find(({ id }) => id === `open-${question.dataset.number}`)?.setAttribute("hidden", "");
    showProgress();
  }
}

function sayWaiting(sentence) {
  if (finishText) finishText.textContent = sentence;
  else sayOnLine(sentence);
}

function takeAnswer(question) {
  clearTimeout(typing.get(question));
  changed.add(question);
  typing.delete(question);
  unshown.delete(question);
  tellObstacle(question, "");
  const sequence = Number(question.dataset.sequence) + 1;
  question.dataset.sequence = sequence;
  question.querySelector(".saved-mark").hidden = true;
  saver.save(question.dataset.question, { response: valuesOf(question), sequence, page, at: Date.now() });
}

/** Takes what is typed without waiting. */
function takeTyped() {
  for (const question of [...typing.keys()]) takeAnswer(question);
}

/** Takes up what an earlier page could not send; where the server counts higher, its answer is shown till it has decided. */
function takeKept() {
  for (const [questionId, answer] of kept.all()) {
    const question = questions.find((each) => each.dataset.question === questionId);
    if (question && answer.sequence > Number(question.dataset.sequence)) {
      fill(question, answer.response);
      question.dataset.sequence = answer.sequence;
      changed.add(question);
    } else if (question && !holds(question, answer.response)) unshown.add(question);
    saver.save(questionId, answer);
  }
}

/** Waits a moment before what is typed is saved: not every key by itself, but those of somebody who never rests, too. */
function takeTyping(question) {
  changed.add(question);
  question.querySelector(".saved-mark").hidden = true;
  if (!typing.has(question)) typing.set(question, setTimeout(takeAnswer, TYPING, question));
}

form.addEventListener("change", (event) => {
  const question = event.target.closest("[data-question]");
  if (event.target.type === "file") {
    uploadFrom(event.target, question, form.elements.csrf_token.value, () => {
      newerElsewhere.delete(question);
      showProgress();
    });
    showProgress();
    return;
  }
  takeAnswer(question);
  showProgress();
  if (submitButton?.value) unask();
});

form.addEventListener("input", (event) => {
  const question = event.target.closest("[data-question]");
  if (!event.target.matches("input[type=text], textarea")) return;
  takeTyping(question);
  countWords(question);
  showProgress();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (submitting) return;
  const button = event.submitter ?? submitButton;
  if (button?.name === "check") {
    checkAnswer(button);
    return;
  }
  const turns = button?.name === "go";
  if (!turns && openCount() && !submitButton.value) askOnce();
  else submit(turns ? button : submitButton);
});

window.addEventListener("pagehide", () => {
  if (!submitting) takeTyped();
  saver.flush();
});
window.addEventListener("beforeunload", (event) => {
  if (!saver.hasUnsaved && !questions.some(isUploading)) return;
  event.preventDefault();
  event.returnValue = true; // what Chrome asks for before version 119
});

takeKept();
arrange(form);
keepClear(bar);
if (window.parent !== window) keepOnScreen(bar);
questions.forEach(countWords);
showProgress();
timer.follow(form.dataset.ends ?? null, form.dataset.now);
watch(`${form.dataset.attempt}/standing`, hearStanding);
sayOnLine(say("Answers are saved as you give them"));
// A page can be answered before this script has come over a slow network.
questions.filter((question) => isTouched(question) && !changed.has(question)).forEach(takeAnswer);
