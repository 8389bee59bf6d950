// Items of an ordering are moved: by their buttons, by the list of places, by a mouse that drags them.

/** Adds this to every ordering within `root`. A moved item changes its fields, as a person would. */
export function arrange(root) {
  root.querySelectorAll(".items").forEach(arrangeList);
}

function arrangeList(list) {
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  list.after(said);
  list.classList.add("movable");
  const items = [...list.children];
  const placeOf = (item) => Number(item.querySelector("select").value);
  if (items.every(placeOf)) list.append(...items.toSorted((one, other) => placeOf(one) - placeOf(other)));
  let settling = false;

  function settle(item) {
    [...list.children].forEach((each, place) => (each.querySelector("select").value = place + 1));
    const place = [...list.children].indexOf(item) + 1;
    said.textContent = list.dataset.place.replace("%(place)s", place).replace("%(count)s", list.children.length);
    settling = true;
    item.querySelector("select").dispatchEvent(new Event("change", { bubbles: true }));
    settling = false;
  }

  function move(item, place) {
    const others = [...list.children].filter((each) => each !== item);
    if (place < 0 || place > others.length || list.children[place] === item) return;
    list.insertBefore(item, others[place] ?? null);
    settle(item);
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const item = button.closest("li");
    move(item, [...list.children].indexOf(item) + Number(button.dataset.move));
    button.focus();
  });

  list.addEventListener("change", (event) => {
    if (settling || !event.target.value) return;
    const item = event.target.closest("li");
    const place = Number(event.target.value) - 1;
    if (list.children[place] === item) settle(item);
    else move(item, place);
    event.target.focus();
  });

  let dragged = null;
  for (const item of items) item.draggable = true;
  list.addEventListener("dragstart", (event) => (dragged = event.target.closest("li")));
  list.addEventListener("dragover", (event) => dragged && event.preventDefault());
  list.addEventListener("drop", (event) => {
    event.preventDefault();
    const onto = event.target.closest("li");
    if (dragged && onto) move(dragged, [...list.children].indexOf(onto));
    dragged = null;
  });
}
