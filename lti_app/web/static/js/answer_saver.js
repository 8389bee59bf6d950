// Saves answers one by one and keeps at it until the server has acknowledged each.

import { pause } from "./retry.js";

const PATIENCE = 15_000;

/**
 * Holds the newest answer of each question until it is saved, in `kept` also beyond the page.
 *
 * `put(questionId, answer, signal)` sends one and returns the fetch response. `report(state, questionId, told)` hears
 * how things stand, "saving", "saved" (all of them) or "trouble" (will be tried again), and which question was just
 * acknowledged, with what the server said; "refused", when it does not take an answer, for the reason in `refusal`, with
 * the question and what the server said, too; and, once and for all, "submitted" (the attempt is over), "ended" (so is
 * the launch) or "refused" (the page is not one that the server understands).
 */
export class AnswerSaver {
  #put;
  #report;
  #kept;
  #unsaved = new Map();
  #refused = new Map();
  #running = false;
  #over = false;

  constructor(put, report, kept) {
    this.#put = put;
    this.#report = report;
    this.#kept = kept;
  }

  /** Why an answer that the page shows is not saved; undefined where all are. */
  get refusal() {
    return [...this.#refused.values()].at(-1);
  }

  /** Whether an answer waits that the server has not acknowledged, and may yet. */
  get hasUnsaved() {
    return !this.#over && this.#unsaved.size > 0;
  }

  /** Whether an answer to this question waits. */
  waitsFor(questionId) {
    return this.#unsaved.has(questionId);
  }

  /** Takes a changed answer, `{response, sequence, page, at}`, and saves it now. See services/changes.py. */
  save(questionId, answer) {
    this.#unsaved.set(questionId, answer);
    if (!this.#over) this.#kept.keep(questionId, answer);
    this.#run();
  }

  /** Sends what waits at once, without an eye on what comes back: the page is going. */
  flush() {
    if (!this.hasUnsaved) return;
    for (const [questionId, answer] of this.#unsaved) this.#put(questionId, answer).catch(() => {});
  }

  /** Sends what waits once; returns whether nothing waits any more. */
  async finish() {
    for (const [questionId, answer] of [...this.#unsaved]) {
      if (!this.hasUnsaved) break;
      await this.#saveOne(questionId, answer);
      if (this.#unsaved.get(questionId) === answer) break; // so would the others wait
    }
    return !this.hasUnsaved;
  }

  /** Sends nothing more, for the reason that the HTTP status of a refusal gives, if there is one. */
  stop(status) {
    if (this.#over) return;
    this.#over = true;
    if (status) this.#report({ 403: "ended", 409: "submitted" }[status] ?? "refused");
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    let failures = 0;
    while (this.hasUnsaved) {
      this.#report(failures ? "trouble" : "saving");
      const [questionId, answer] = this.#unsaved.entries().next().value;
      if (await this.#saveOne(questionId, answer)) failures = 0;
      else if (this.hasUnsaved) {
        failures += 1;
        this.#report("trouble");
        await pause(failures);
      }
    }
    this.#running = false;
  }

  /** Returns whether the server has answered, so that the next one need not wait. */
  async #saveOne(questionId, answer) {
    try {
      const response = await this.#put(questionId, answer, patience());
      if (response.ok) {
        this.#settle(questionId, answer, await response.json());
        return true;
      }
      if (response.status === 422 || response.status === 413) {
        this.#refuse(questionId, answer, await response.json());
        return true;
      }
      if (response.status < 500 && response.status !== 429) this.stop(response.status);
    } catch {
      // No network, no answer in time, or half of one: try again.
    }
    return false;
  }

  /** Lets go of an answer that the server has, or has a newer one than. */
  #settle(questionId, answer, told) {
    this.#kept.drop(questionId, answer);
    if (this.#unsaved.get(questionId) !== answer) return; // changed meanwhile
    this.#unsaved.delete(questionId);
    this.#refused.delete(questionId);
    this.#report(this.hasUnsaved ? "saving" : this.refusal ? "refused" : "saved", questionId, told);
  }

  /** Lets go of an answer that the server does not take; the next change of it is sent again. */
  #refuse(questionId, answer, told) {
    this.#kept.drop(questionId, answer);
    if (this.#unsaved.get(questionId) === answer) this.#unsaved.delete(questionId);
    if (!told.attempt) this.#refused.set(questionId, told.sentence); // else it was checked elsewhere, and stands
    this.#report("refused", questionId, told);
  }
}

/** Returns a signal that gives a request up which takes too long. Safari has AbortSignal.timeout for this only since 16. */
function patience() {
  const given = new AbortController();
  setTimeout(() => given.abort(), PATIENCE);
  return given.signal;
}
