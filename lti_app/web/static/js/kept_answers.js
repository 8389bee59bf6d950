// Keeps answers in the browser until the server has them: they outlive the page, the tab and a flat battery.

const PREFIX = "quizferry answer";
const LONGEST = 30 * 24 * 60 * 60 * 1000; // of what nobody ever came back for

/**
 * The answers of one attempt that the server has not acknowledged.
 *
 * They are kept under the attempt's own key, which the page of nobody else knows, whoever uses this browser next. A
 * frame may have no storage, or a full one: `works` says whether the latest answer is kept.
 */
export class KeptAnswers {
  works = true;
  #prefix;

  constructor(key) {
    this.#prefix = `${PREFIX} ${key} `;
    attempt(forgetOld);
  }

  /** Keeps an answer in place of the one before. */
  keep(questionId, answer) {
    this.works = attempt(() => localStorage.setItem(this.#prefix + questionId, JSON.stringify(answer)));
  }

  /** Forgets an answer that has arrived; a newer one stays. */
  drop(questionId, { page, sequence }) {
    attempt(() => {
      const kept = read(this.#prefix + questionId);
      if (kept?.page === page && kept.sequence === sequence) localStorage.removeItem(this.#prefix + questionId);
    });
  }

  /** Returns what is kept: pairs of a question's id and its answer. */
  all() {
    const found = [];
    attempt(() => {
      for (const name of names(this.#prefix)) found.push([name.slice(this.#prefix.length), read(name)]);
    });
    return found.filter(([, answer]) => answer);
  }

  /** Forgets all of the attempt. */
  clear() {
    attempt(() => names(this.#prefix).forEach((name) => localStorage.removeItem(name)));
  }
}

function attempt(work) {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

function names(prefix) {
  return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null; // half a text, as a browser that was killed may leave it
  }
}

function forgetOld() {
  for (const name of names(PREFIX)) {
    if (!(Date.now() - read(name)?.at < LONGEST)) localStorage.removeItem(name);
  }
}
