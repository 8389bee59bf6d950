// Counts the words of an essay.

import { sayCount } from "./say.js";

// Scripts that put no blanks between words.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Says below an essay how many words it has; does nothing with other questions. */
export function countWords(question) {
  const told = question.querySelector("[data-words]");
  if (told) told.textContent = sayCount("%(num)s word", "%(num)s words", count(question.querySelector("textarea").value));
}

/** Returns the number of words: elsewhere what stands between blanks is one, as in word processors. */
function count(text) {
  if (!UNSPACED.test(text) || !Intl.Segmenter) return text.split(/\s+/).filter(Boolean).length;
  const segments = new Intl.Segmenter(undefined, { granularity: "word" }).segment(text);
  return [...segments].filter(({ isWordLike }) => isWordLike).length;
}
