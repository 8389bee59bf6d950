// Looks how the attempt stands: it may be answered, submitted or given more time elsewhere.

const EVERY = 60_000;
const REST = 10_000; // a frame gets the focus often

/** Calls `hear` with the server's answer each minute, and when somebody comes back to the page. */
export function watch(url, hear) {
  let looked = -Infinity;

  async function look() {
    if (document.hidden || performance.now() - looked < REST) return;
    looked = performance.now();
    try {
      hear(await fetch(url));
    } catch {
      looked = -Infinity; // no network: the next look may do
    }
  }

  document.addEventListener("visibilitychange", look);
  window.addEventListener("focus", look);
  window.addEventListener("online", look);
  setInterval(look, EVERY);
}
