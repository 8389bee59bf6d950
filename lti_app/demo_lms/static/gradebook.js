"use strict";
// Renews the tables every two seconds while the page is in view, and says when something has changed.
const live = document.getElementById("live");
const news = document.getElementById("news");

async function renew() {
  if (document.hidden) return;
  const response = await fetch(location.href, { cache: "no-store" });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.getElementById("live");
  if (!fresh || fresh.innerHTML === live.innerHTML) return;
  live.replaceChildren(...fresh.childNodes);
  news.textContent = `Grades changed at ${new Date().toLocaleTimeString()}.`;
}

async function keepFresh() {
  try {
    await renew();
  } catch {
    news.textContent = "The LMS does not answer; the grades shown may be old.";
  }
  setTimeout(keepFresh, 2000);
}

setTimeout(keepFresh, 2000);
