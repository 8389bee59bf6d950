// Sends a file as soon as it is chosen, and says what became of it.

import { say } from "./say.js";

/** Uploads the file of a field; `then` is called when it is stored. */
export async function uploadFrom(field, question, token, then) {
  const told = question.querySelector("[data-file]");
  const [file] = field.files;
  if (!file) return;
  const body = new FormData();
  body.set(field.name, file);
  told.textContent = say("Uploading %(file)s…", { file: file.name });
  try {
    const response = await fetch(told.dataset.url, { method: "POST", headers: { "X-CSRF-Token": token, Accept: "application/json" }, body });
    if (response.status === 413) throw new Error(say("This file is larger than %(size)s MB; hand in a smaller one.", { size: 10 }));
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.sentence);
    told.textContent = say("%(file)s is handed in.", { file: answer.name });
    showName(question, answer.name);
    question.dataset.sequence = answer.sequence;
    question.querySelector(".saved-mark").hidden = false;
    field.value = ""; // it is not sent a second time
    then();
  } catch (error) {
    told.textContent = error instanceof TypeError ? say("The file could not be sent. Check your connection, then choose it again.") : error.message;
  }
}

function showName(question, name) {
  let shown = question.querySelector(".file-name");
  if (!shown) {
    shown = document.createElement("span");
    shown.className = "file-name";
    question.querySelector("input[type=file]").after(shown);
  }
  shown.textContent = name;
}
