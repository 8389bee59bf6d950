// Saves answers one by one and keeps at it until the server has acknowledged each.

import { pause } from "./retry.js";

const PATIENCE = 15_000;

/**
 * Holds the newest answer of each question until it is saved.
 *
 * `put(questionId, {response, sequence})` sends one and returns the fetch response. `report(state, questionId)` is told
 * how things stand, "saving", "saved" (all of them) or "trouble" (will be tried again), and which question was just
 * acknowledged, with what the server said; "refused", when it does not take an answer, for the reason in `refusal`;
 * and, once and for all, "submitted" (the attempt is over), "ended" (so is the launch) or "refused" (the
 * page is not one that the server understands).
 */
export class AnswerSaver {
  #put;
  #report;
  #unsaved = new Map();
  #running = false;
  #over = false;

  constructor(put, report) {
    this.#put = put;
    this.#report = report;
  }

  /** Whether an answer waits that the server has not acknowledged, and may yet. */
  get hasUnsaved() {
    return !this.#over && this.#unsaved.size > 0;
  }

  /** Takes a changed answer and saves it now; `sequence` counts the changes of this question. */
  save(questionId, response, sequence) {
    this.#unsaved.set(questionId, { response, sequence });
    this.#run();
  }

  /** Sends what waits at once, without an eye on what comes back: the page is going. */
  flush() {
    if (!this.hasUnsaved) return;
    for (const [questionId, answer] of this.#unsaved) this.#put(questionId, answer).catch(() => {});
  }

  /** Sends nothing more: a submission carries all answers. */
  stop() {
    this.#over = true;
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    let failures = 0;
    while (this.hasUnsaved) {
      this.#report(failures ? "trouble" : "saving");
      const [questionId, answer] = this.#unsaved.entries().next().value;
      if (await this.#saveOne(questionId, answer)) failures = 0;
      else if (!this.#over) {
        failures += 1;
        this.#report("trouble");
        await pause(failures);
      }
    }
    this.#running = false;
  }

  async #saveOne(questionId, answer) {
    try {
      const response = await this.#put(questionId, answer, AbortSignal.timeout(PATIENCE));
      if (response.ok) {
        this.#acknowledged(questionId, answer, await response.json());
        return true;
      }
      if (response.status === 422) this.#refuse(questionId, answer, (await response.json()).sentence);
      else if (response.status < 500 && response.status !== 429) this.#end(response.status);
    } catch {
      // No network, no answer in time, or half of one: try again.
    }
    return false;
  }

  #acknowledged(questionId, answer, told) {
    if (this.#unsaved.get(questionId) !== answer) return; // changed meanwhile
    const { sequence } = told;
    if (sequence > answer.sequence) {
      // Another tab has saved more often than this one; what was picked last, here, must win.
      this.#unsaved.set(questionId, { ...answer, sequence: sequence + 1 });
      return;
    }
    this.#unsaved.delete(questionId);
    this.#report(this.hasUnsaved ? "saving" : "saved", questionId, told);
  }

  /** Lets go of an answer that the server does not take; the next change of it is sent again. */
  #refuse(questionId, answer, sentence) {
    if (this.#unsaved.get(questionId) === answer) this.#unsaved.delete(questionId);
    this.refusal = sentence;
    this.#report("refused");
  }

  #end(status) {
    this.#over = true;
    this.#report({ 403: "ended", 409: "submitted" }[status] ?? "refused");
  }
}
