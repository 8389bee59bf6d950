// Sends a file as soon as it is chosen, keeps at it until it has arrived, and says what became of it.

import { pause } from "./retry.js";
import { say } from "./say.js";

const LARGEST = 10; // MB; the server's own limit
const running = new Map();

/** Whether the question's file is on its way. */
export const isUploading = (question) => running.has(question);

/** Waits for all files that are on their way; returns whether all have arrived. */
export async function uploaded() {
  return (await Promise.all(running.values())).every(Boolean);
}

/** Uploads the file of a field; `then` is called when it is stored or refused. */
export function uploadFrom(field, question, token, then) {
  const [file] = field.files;
  if (!file) return;
  const told = question.querySelector("[data-file]");
  const arriving = upload(file, field, told, token).then((answer) => {
    if (running.get(question) !== arriving) return uploaded(); // another one was chosen meanwhile
    running.delete(question);
    settle(answer, field, question, told);
    then();
    return answer.saved === true;
  });
  running.set(question, arriving);
}

/** Returns what the server says at last, or why it was not asked. */
async function upload(file, field, told, token) {
  if (file.size > LARGEST * 2 ** 20) return tooLarge();
  told.textContent = say("Uploading %(file)s…", { file: file.name });
  const body = new FormData();
  try {
    // Read once: a file may be gone, or another one, when it is tried again.
    body.set(field.name, new Blob([await file.arrayBuffer()]), file.name);
  } catch {
    return { sentence: say("This file cannot be read. Choose it again.") };
  }
  for (let failures = 1; field.files[0] === file; failures += 1) {
    const answer = await send(told.dataset.url, body, token);
    if (answer) return answer;
    told.textContent = say("The file could not be sent yet. It is tried again; keep this page open.");
    await pause(failures);
  }
  return {};
}

/** Returns what the server says, null where it cannot be asked now. */
async function send(url, body, token) {
  try {
    const response = await fetch(url, { method: "POST", headers: { "X-CSRF-Token": token, Accept: "application/json" }, body });
    if (response.status >= 500 || response.status === 429) return null;
    return response.status === 413 ? tooLarge() : await response.json();
  } catch {
    return null;
  }
}

function tooLarge() {
  return { sentence: say("This file is larger than %(size)s MB; hand in a smaller one.", { size: LARGEST }) };
}

function settle(answer, field, question, told) {
  field.value = ""; // it is not sent a second time
  told.textContent = answer.saved ? say("%(file)s is handed in.", { file: answer.name }) : answer.sentence;
  if (!answer.saved) return;
  showName(question, answer.name);
  question.dataset.sequence = answer.sequence;
  question.querySelector(".saved-mark").hidden = false;
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
