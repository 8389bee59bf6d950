// The bar at the end of the quiz page: keeps it from hiding what has the focus, and on the screen.
//
// Where the LMS makes the frame as tall as its page (frame.js), the frame's end, to which the bar sticks, is far below the
// screen. How far the page around has scrolled, browsers tell a frame of another site only by an IntersectionObserver,
// which sees what part of an element is on the screen.

const SLICE = 400; // pixels
const LOW = 320; // pixels; of a screen that low the bar would take too much
const STEPS = Array.from({ length: 41 }, (_, step) => step / 40);

/** Has what gets the focus be scrolled to where the bar does not hide it. */
export function keepClear(bar) {
  document.addEventListener("focusin", ({ target }) => {
    // A click leaves things where they are: it would miss them.
    if (bar.contains(target) || !target.matches(":focus-visible")) return;
    const covered = target.getBoundingClientRect().bottom > bar.getBoundingClientRect().top;
    if (covered) target.scrollIntoView({ block: "center" });
  });
}

/** Has the bar follow the screen. */
export function keepOnScreen(bar) {
  const ruler = document.createElement("div");
  ruler.className = "ruler";
  ruler.setAttribute("aria-hidden", "true");
  document.body.append(ruler);
  const seen = new Map();
  const observer = new IntersectionObserver(follow, { threshold: STEPS });

  function follow(entries) {
    for (const { target, isIntersecting, intersectionRect } of entries) {
      if (isIntersecting) seen.set(target, intersectionRect);
      else seen.delete(target);
    }
    place();
  }

  function place() {
    const top = Math.min(...[...seen.values()].map((rect) => rect.top));
    const bottom = Math.max(...[...seen.values()].map((rect) => rect.bottom));
    const hidden = bottom - top > LOW ? Math.max(0, window.innerHeight - bottom) : 0;
    bar.style.transform = `translateY(${-hidden}px)`;
  }

  /** Lays slices along the page: of one that crosses the edge of the screen, each few pixels more or less are seen. */
  function measure() {
    const count = Math.ceil(document.body.offsetHeight / SLICE);
    while (ruler.childElementCount < count) {
      const slice = document.createElement("div");
      ruler.append(slice);
      observer.observe(slice);
    }
    while (ruler.childElementCount > count) {
      observer.unobserve(ruler.lastChild);
      seen.delete(ruler.lastChild);
      ruler.lastChild.remove();
    }
  }

  new ResizeObserver(measure).observe(document.body);
  window.addEventListener("resize", place);
}
