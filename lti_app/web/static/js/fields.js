// The fields of a question, as the server reads them: content.forms has made them.

/** Returns the fields in which a question is answered; files go their own way. */
export function fieldsOf(question) {
  return [...question.querySelectorAll("input, select, textarea")].filter((field) => !/hidden|file/.test(field.type));
}

function isGiven(field) {
  return /radio|checkbox/.test(field.type) ? field.checked : field.value.trim() !== "";
}

/** Returns whether anything is answered. */
export function isAnswered(question) {
  return fieldsOf(question).some(isGiven) || question.querySelector(".file-name") !== null;
}

/** Returns the values by the names of their fields. */
export function valuesOf(question) {
  const values = {};
  for (const field of fieldsOf(question).filter(isGiven)) (values[field.name] ??= []).push(field.value);
  return values;
}

/** Returns whether a question is answered by just these values. */
export function holds(question, values) {
  const held = valuesOf(question);
  const names = Object.keys({ ...held, ...values });
  return names.every((name) => JSON.stringify(held[name]) === JSON.stringify(values[name]));
}

/** Puts values, as `valuesOf` returns them, into the fields. */
export function fill(question, values) {
  for (const field of fieldsOf(question)) {
    const given = values[field.name] ?? [];
    if (/radio|checkbox/.test(field.type)) field.checked = given.includes(field.value);
    else field.value = given[0] ?? "";
  }
}

/** Returns whether a question is answered otherwise than when the page came. */
export function isTouched(question) {
  return fieldsOf(question).some((field) => {
    if (field.tagName === "SELECT") return [...field.options].some((one) => one.selected !== one.defaultSelected);
    return /radio|checkbox/.test(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  });
}

/** Returns what the form sends when the button is pressed, without files and without what these questions hold. */
export function formWithout(questions, form, button) {
  const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  if (button) fields.append(button.name, button.value); // FormData takes a button since Safari 16.4 and Chrome 112 only
  for (const question of questions) {
    const own = `q.${question.dataset.question}`;
    for (const name of [...fields.keys()]) if (name === own || name.startsWith(`${own}.`)) fields.delete(name);
  }
  return fields;
}
