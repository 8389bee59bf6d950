// Pictures that are shown smaller than they are open large above the page. Without this script they are links.

import { say } from "./say.js";

const MARGIN = 16;
const BAR = 64; // pixels that the button takes above the picture

const dialog = document.createElement("dialog");
const button = document.createElement("button");
const large = new Image();
dialog.className = "zoomed";
button.type = "button";
button.className = "button quiet";
button.textContent = say("Close");
button.addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
dialog.append(button, large);
document.body.append(dialog);

/** Shows the dialog around the picture on the page: a frame may be taller than the screen. */
function open(link, picture) {
  Object.assign(large, { src: picture.src, alt: picture.alt, width: picture.naturalWidth, height: picture.naturalHeight });
  dialog.setAttribute("aria-label", picture.alt || link.title);
  const room = Math.min(innerHeight, screen.availHeight) - 2 * MARGIN;
  const height = Math.min(picture.naturalHeight + BAR, room);
  const { top, bottom } = picture.getBoundingClientRect();
  const wished = (top + bottom - height) / 2;
  dialog.style.maxHeight = `${room}px`;
  dialog.style.top = `${Math.max(MARGIN, Math.min(wished, innerHeight - height - MARGIN))}px`;
  dialog.showModal();
}

/** Has the link be one only while there is more to see. */
function offer(link, picture) {
  if (picture.naturalWidth > picture.clientWidth) {
    link.href = picture.src;
    link.setAttribute("aria-haspopup", "dialog");
  } else {
    link.removeAttribute("href");
    link.removeAttribute("aria-haspopup");
  }
}

/** Lets the pictures in a part of the page open large. */
export function enlarge(root) {
  for (const link of root.querySelectorAll("a.zoom")) {
    const picture = link.querySelector("img");
    new ResizeObserver(() => offer(link, picture)).observe(picture);
    picture.addEventListener("load", () => offer(link, picture));
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || !link.hasAttribute("href")) return;
      event.preventDefault();
      open(link, picture);
    });
  }
}

enlarge(document);
