const LONGEST_PAUSE = 8;

/**
 * Waits before the next try after so many failures: 1 s, 2 s, 4 s, 8 s, each up to a quarter shorter, so that a
 * class whose network comes back does not knock all at once. Ends early when the browser says it is online again.
 */
export function pause(failures) {
  const seconds = Math.min(2 ** (failures - 1), LONGEST_PAUSE) * (1 - Math.random() / 4);
  return new Promise((resolve) => {
    const timer = setTimeout(end, seconds * 1000);
    window.addEventListener("online", end);
    function end() {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      resolve();
    }
  });
}
