"use strict";

const frame = document.getElementById("tool");

// The tool may ask for the height of its frame (the message that Canvas and many others understand).
window.addEventListener("message", (event) => {
  if (event.source !== frame.contentWindow) return;
  let message = event.data;
  if (typeof message === "string") {
    try { message = JSON.parse(message); } catch { return; }
  }
  if (message?.subject !== "lti.frameResize") return;
  const height = Number.parseInt(message.height, 10);
  if (height > 0 && height < 20000) frame.style.height = `${height}px`;
});
