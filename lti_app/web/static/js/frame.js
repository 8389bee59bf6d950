// Asks the LMS to make its frame as tall as the page, so that there is one scroll bar and not two; then shows the place to
// which the address leads, else the beginning of a page that follows another one: the LMS's page has stayed where it was.
// Such a page gets the focus at its heading, or at that of the place: screen readers do not say what comes into a frame.
//
// The message is Canvas's ("LTI window.postMessage API"); Brightspace and Sakai listen to it too, Moodle with a plugin. It
// holds no secret, and the page cannot know the LMS's origin, hence "*".

const follows = Boolean(window.navigation?.activation?.from); // not where the LMS opens the frame
const BORDER = 24; // pixels that the LMS's style sheet may take from the height for one
// WebKit (Safari, and every browser on an iPhone) lets no frame of another site scroll the page around it: in a frame taller
// than the screen, links within the page would lead nowhere, and the focus out of sight. There the frame scrolls by itself.
const SCROLLS_ALONE = navigator.vendor.startsWith("Apple");
const TALLEST = SCROLLS_ALONE ? Math.round(screen.availHeight * 0.75) : Infinity; // what a browser's and an LMS's bars leave
let told = 0;

function tell() {
  const height = Math.min(Math.ceil(document.documentElement.getBoundingClientRect().height), TALLEST);
  if (height === told) return;
  told = height;
  window.parent.postMessage({ subject: "lti.frameResize", height }, "*");
  arrive();
}

function arrive() {
  // Not told yet, not as tall yet, or an LMS that does not listen.
  if (arrival.signal.aborted || !told || window.innerHeight < told - BORDER) return;
  const place = document.querySelector(":target");
  if (place) place.scrollIntoView({ behavior: "instant" });
  // Else the frame may stand far down in a page that is read from its own beginning. Firefox takes the body itself for shown
  // already.
  else if (follows) document.body.firstElementChild.scrollIntoView({ behavior: "instant" });
  if (document.readyState === "complete") arrival.abort();
}

/** Leaves the focus where it is outside of the frame, or where the page itself has put it. */
function beHeard() {
  if (!follows || !document.hasFocus() || document.activeElement !== document.body) return;
  const heading = document.querySelector(":target h2") ?? document.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

const arrival = new AbortController();
if (window.parent !== window) {
  new ResizeObserver(tell).observe(document.documentElement);
  window.addEventListener("resize", arrive, { signal: arrival.signal });
  window.addEventListener("load", arrive, { signal: arrival.signal });
  window.addEventListener("load", beHeard);
}
