// Asks the LMS to make its frame as tall as the page, so that there is one scroll bar and not two; then shows the place to
// which the address leads, else the beginning of a page that follows another one: the LMS's page has stayed where it was.
//
// The message is Canvas's ("LTI window.postMessage API"); Brightspace and Sakai listen to it too, Moodle with a plugin. It
// holds no secret, and the page cannot know the LMS's origin, hence "*".

const BORDER = 24; // pixels that the LMS's style sheet may take from the height for one
let told = 0;

function tell() {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  if (height === told) return;
  told = height;
  window.parent.postMessage({ subject: "lti.frameResize", height }, "*");
  arrive();
}

function arrive() {
  // Not as tall yet, or an LMS that does not listen.
  if (arrival.signal.aborted || window.innerHeight < told - BORDER) return;
  const place = document.querySelector(":target");
  if (place) place.scrollIntoView({ behavior: "instant" });
  // Not when the LMS opens the frame: it may stand far down in a page that is read from its own beginning.
  else if (window.navigation?.activation?.from) document.body.scrollIntoView({ behavior: "instant" });
  if (document.readyState === "complete") arrival.abort();
}

const arrival = new AbortController();
if (window.parent !== window) {
  new ResizeObserver(tell).observe(document.documentElement);
  window.addEventListener("resize", arrive, { signal: arrival.signal });
  window.addEventListener("load", arrive, { signal: arrival.signal });
}
