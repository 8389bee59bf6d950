// The quiz page: saves each answer as it is given, counts, and asks once before questions are left open.

import { AnswerSaver } from "./answer_saver.js";
import { go } from "./carry.js";
import { pause } from "./retry.js";

const STATES = {
  saving: "Saving…",
  saved: "Saved",
  trouble: "Not saved yet – will retry",
  submitted: "This attempt is submitted. ",
  ended: "Your visit has ended, so nothing more is saved. Open the quiz again from your course.",
  refused: "This answer cannot be saved. Reload the page and answer again.",
};
const MOMENT = 400;

const form = document.getElementById("quiz");
const questions = [...form.querySelectorAll("[data-question]")];
const submitButton = document.getElementById("submit-button");
const finishHeading = document.getElementById("finish-heading");
const finishText = document.getElementById("finish-text");
const saving = document.getElementById("saving");
const unasked = { heading: "Ready to submit?", text: "After you submit, this attempt’s answers stand and you see your result." };

const changed = new Set();
let submitting = false;
let savingTimer;

function picked(question) {
  return [...question.querySelectorAll("input:checked")].map((input) => Number(input.value));
}

function openQuestions() {
  return questions.filter((question) => picked(question).length === 0);
}

const saver = new AnswerSaver(
  (questionId, answer, signal) =>
    fetch(`${form.dataset.attempt}/answers/${encodeURIComponent(questionId)}`, {
      method: "PUT",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": form.elements.csrf_token.value },
      body: JSON.stringify(answer),
      keepalive: true, // outlives the page
      signal,
    }),
  (state, questionId) => {
    showState(state);
    if (questionId) markSaved(questionId);
  },
);

function showState(state) {
  clearTimeout(savingTimer);
  saving.dataset.state = state;
  // A save takes a few milliseconds: said only when it takes longer, so that nobody hears about each.
  if (state === "saving") savingTimer = setTimeout(sayState, MOMENT);
  else sayState();
}

function sayState() {
  const { state } = saving.dataset;
  if (saving.textContent === STATES[state]) return;
  saving.textContent = STATES[state];
  if (state === "submitted") {
    const link = document.createElement("a");
    link.href = form.dataset.result;
    link.textContent = "See the result";
    saving.append(link);
  }
}

function markSaved(questionId) {
  const question = questions.find((each) => each.dataset.question === questionId);
  question.querySelector(".saved-mark").hidden = false;
}

function showProgress() {
  const open = new Set(openQuestions());
  const done = questions.length - open.size;
  document.getElementById("answered").textContent = `${done} of ${questions.length}`;
  document.getElementById("progress-done").setAttribute("width", done);
  document.getElementById("open-questions").hidden = open.size === 0;
  for (const question of questions) {
    document.getElementById(`open-${question.dataset.number}`).hidden = !open.has(question);
  }
}

function askOnce() {
  const count = openQuestions().length;
  finishHeading.textContent = count === 1 ? "1 question has no answer" : `${count} questions have no answer`;
  finishText.textContent = "You can still go back. An open question earns no points.";
  submitButton.textContent = "Submit anyway";
  submitButton.value = "yes";
  finishHeading.focus();
}

function unask() {
  finishHeading.textContent = unasked.heading;
  finishText.textContent = unasked.text;
  submitButton.textContent = "Submit quiz";
  submitButton.value = "";
}

function submission() {
  const fields = new URLSearchParams(new FormData(form, submitButton));
  // What was not touched here may have been answered in another tab since: that stands as it is saved.
  for (const question of questions) {
    if (!changed.has(question)) fields.delete(`q.${question.dataset.question}`);
  }
  return fields;
}

async function submit() {
  submitting = true;
  for (let failures = 0; ; ) {
    finishText.textContent = failures ? "Not submitted yet – no connection. Trying again; keep this page open." : "Submitting…";
    try {
      const response = await fetch(form.action, { method: "POST", body: submission() });
      if (response.status < 500 && response.status !== 429) {
        saver.stop();
        // Where the server leads: the result, or a page that says what is wrong.
        if (response.redirected) go(response.url);
        else form.submit();
        return;
      }
    } catch {
      // No network.
    }
    failures += 1;
    await pause(failures);
  }
}

function isTouched(question) {
  return [...question.querySelectorAll("input")].some((input) => input.checked !== input.defaultChecked);
}

function takeAnswer(question) {
  changed.add(question);
  question.dataset.sequence = Number(question.dataset.sequence) + 1;
  question.querySelector(".saved-mark").hidden = true;
  saver.save(question.dataset.question, picked(question), Number(question.dataset.sequence));
}

form.addEventListener("change", (event) => {
  takeAnswer(event.target.closest("[data-question]"));
  showProgress();
  if (submitButton.value) unask();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (submitting) return;
  if (openQuestions().length && !submitButton.value) askOnce();
  else submit();
});

window.addEventListener("pagehide", () => saver.flush());
window.addEventListener("beforeunload", (event) => {
  if (saver.hasUnsaved) event.preventDefault();
});

showProgress();
saving.textContent = "Answers are saved as you give them";
// A page can be answered before this script has come over a slow network.
questions.filter(isTouched).forEach(takeAnswer);
