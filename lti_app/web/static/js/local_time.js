// The server writes moments in UTC; here they become the reader's own time, in the page's language: "14:02" today,
// "3 May, 14:02" before.

import { locale } from "./say.js";

// Made when they are needed; see say.js.
let clock;
let calendar;

/** Rewrites every <time> within `root`. */
export function showLocalTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const moment = new Date(time.dateTime);
    const today = moment.toDateString() === new Date().toDateString();
    time.textContent = (today ? forToday() : forOtherDays()).format(moment);
  }
}

function forToday() {
  clock ??= new Intl.DateTimeFormat(locale, { timeStyle: "short" });
  return clock;
}

function forOtherDays() {
  calendar ??= new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
  return calendar;
}

showLocalTimes(document);
