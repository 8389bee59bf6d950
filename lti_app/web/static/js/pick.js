// Narrows the list of quizzes while somebody types; what is picked stays in sight.

import "./page.js";

const search = document.getElementById("search");
const rows = [...document.querySelectorAll("[data-title]")];

function narrow() {
  const wanted = search.elements.q.value.trim().toLocaleLowerCase();
  for (const row of rows) {
    const isPicked = row.querySelector("input").checked;
    row.hidden = !isPicked && !row.dataset.title.toLocaleLowerCase().includes(wanted);
  }
  document.getElementById("nothing").hidden = rows.some((row) => !row.hidden);
}

search?.addEventListener("input", narrow);
search?.addEventListener("submit", (event) => {
  event.preventDefault();
  narrow();
});
