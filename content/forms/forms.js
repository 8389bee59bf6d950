// Items of an ordering are moved by their buttons, by the list of places, by dragging; what belongs to the left sides of a
// matching is dragged onto them, too. Dragging is by mouse, finger or pen, and never the only way.

/** Adds this to every ordering and matching within `root`. What is moved changes its fields, as a person would. */
export function arrange(root) {
  root.querySelectorAll(".items").forEach(arrangeList);
  root.querySelectorAll(".pairs").forEach(arrangePairs);
}

function placeIn(list, item) {
  return [...list.children].indexOf(item);
}

function changed(field) {
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function arrangeList(list) {
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("aria-live", "polite"); // not a status, which some screen readers mention where it is empty
  list.after(said);
  list.classList.add("movable");
  const items = [...list.children];
  const placeOf = (item) => Number(item.querySelector("select").value);
  if (items.every(placeOf)) list.append(...[...items].sort((one, other) => placeOf(one) - placeOf(other)));
  let settling = false;

  function settle(item) {
    [...list.children].forEach((each, place) => (each.querySelector("select").value = place + 1));
    const place = placeIn(list, item) + 1;
    said.textContent = list.dataset.place.replace("%(place)s", place).replace("%(count)s", list.children.length);
    settling = true;
    changed(item.querySelector("select"));
    settling = false;
  }

  /** Puts the item at the place, counted from 0, and tells whether it stood elsewhere. */
  function put(item, place) {
    const from = placeIn(list, item);
    if (place < 0 || place >= list.children.length) return false;
    // The others go around it: an element that leaves the page loses the focus, and the finger that drags it.
    for (let at = from; at < place; at += 1) item.before(item.nextElementSibling);
    for (let at = from; at > place; at -= 1) item.after(item.previousElementSibling);
    return place !== from;
  }

  /** Returns the place of an item that is held at this height. */
  function placeAt(height, item) {
    const middle = (each) => each.getBoundingClientRect().top + each.offsetHeight / 2;
    return [...list.children].filter((each) => each !== item && middle(each) < height).length;
  }

  function move(item, place) {
    if (put(item, place)) settle(item);
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const item = button.closest("li");
    move(item, placeIn(list, item) + Number(button.dataset.move));
  });

  list.addEventListener("change", (event) => {
    if (settling || !event.target.value) return;
    const item = event.target.closest("li");
    const place = Number(event.target.value) - 1;
    if (list.children[place] === item) settle(item);
    else move(item, place);
  });

  for (const item of items) {
    let from;
    drag(item, {
      begin: () => (from = placeIn(list, item)),
      move: ({ clientY }) => put(item, placeAt(clientY, item)),
      drop: () => placeIn(list, item) !== from && settle(item),
      cancel: () => put(item, from),
    });
  }
}

function arrangePairs(list) {
  const pairs = [...list.children];
  const selects = pairs.map((pair) => pair.querySelector("select"));
  const rights = document.createElement("p");
  rights.className = "rights";
  rights.setAttribute("aria-hidden", "true"); // the lists hold the same
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.textContent = list.dataset.hint;
  list.before(hint, rights);
  list.addEventListener("change", showTaken);

  for (const { value, text } of selects[0].options) {
    if (!value) continue;
    const chip = document.createElement("span");
    chip.className = "right-side";
    chip.dir = "auto";
    chip.dataset.value = value;
    chip.textContent = text;
    rights.append(chip);
    drag(chip, {
      move: (at, from) => {
        chip.style.transform = `translate(${at.clientX - from.clientX}px, ${at.clientY - from.clientY}px)`;
        pairs.forEach((pair) => pair.classList.toggle("over", pair === pairUnder(at)));
      },
      drop: (at) => {
        const select = pairUnder(at)?.querySelector("select");
        rest();
        if (!select || select.value === value) return;
        select.value = value;
        changed(select);
      },
      cancel: rest,
    });
    function rest() {
      chip.style.transform = "";
      pairs.forEach((pair) => pair.classList.remove("over"));
    }
  }
  showTaken();

  function pairUnder({ clientX, clientY }) {
    return document.elementFromPoint(clientX, clientY)?.closest(".pair");
  }

  function showTaken() {
    const taken = new Set(selects.map((select) => select.value));
    for (const chip of rights.children) chip.classList.toggle("taken", taken.has(chip.dataset.value));
  }
}

/**
 * Lets an element be dragged. `move` and `drop` hear the pointer's events, `move` also the one that it began with;
 * `cancel` hears that it came to nothing.
 */
function drag(element, { begin = () => {}, move, drop, cancel }) {
  const grip = document.createElement("span");
  grip.className = "grip";
  grip.setAttribute("aria-hidden", "true");
  element.prepend(grip);
  // A finger on the element itself scrolls the page.
  const takes = ({ target, pointerType }) => grip === target || (pointerType === "mouse" && !target.closest("select, button, a"));

  element.addEventListener("pointerdown", (first) => {
    if (first.button !== 0 || !first.isPrimary || element.closest("fieldset:disabled") || !takes(first)) return;
    first.preventDefault(); // selects no text
    const ended = new AbortController();
    const listen = (name, act) => document.addEventListener(name, act, { signal: ended.signal });
    const end = (act) => {
      act();
      ended.abort();
      element.classList.remove("dragged");
    };
    begin();
    element.classList.add("dragged");
    listen("pointermove", (at) => move(at, first));
    listen("pointerup", (at) => end(() => drop(at)));
    listen("pointercancel", () => end(cancel));
    listen("keydown", ({ key }) => key === "Escape" && end(cancel));
  });
}
