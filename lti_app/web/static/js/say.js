// What scripts say, in the page's language. Scripts name texts by the English ones; the page brings what other languages
// have for them (see web/languages.py).

/** The locale by which the page writes numbers and dates. */
export const { locale } = document.documentElement.dataset;

const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
// Made when they are needed: the first of Intl's that a page makes takes about as long as laying the page out.
let forms;
let numbers;

/** Returns a text in the page's language; `%(name)s` in it is filled in by `values`, numbers as the language has them. */
export function say(text, values = {}) {
  return fill(words[text] ?? text, values);
}

/** Returns the form of a text that goes with `num`, which is `%(num)s` in it. */
export function sayCount(one, many, num, values = {}) {
  forms ??= new Intl.PluralRules(locale);
  const category = forms.select(num);
  const known = words[one];
  const text = known ? (known[category] ?? known.other) : category === "one" ? one : many;
  return fill(text, { num, ...values });
}

function fill(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_, name) => {
    const value = values[name];
    if (typeof value !== "number") return value;
    numbers ??= new Intl.NumberFormat(locale);
    return numbers.format(value);
  });
}
