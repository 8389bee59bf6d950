// Where the browser keeps no cookie of the launch, the page holds the launch's secret and carries it on: in forms, and
// in a header of what scripts ask for. It is never in an address. See web/carrying.py.

const secret = document.querySelector("meta[name='launch-secret']")?.content;

/** Goes to another page of the launch. */
export function go(url, target = "") {
  if (!secret) {
    location.assign(url);
    return;
  }
  const { pathname, search, hash } = new URL(url, location.href);
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: `/carried${pathname}${search}${hash}`, target });
  document.body.append(form);
  form.submit(); // the secret is added below, as to every form
  form.remove();
}

function isOurs(url) {
  return url.origin === location.origin && url.pathname.startsWith("/launches/");
}

function followLink(event) {
  const link = event.target.closest("a[href]");
  if (!link || !isOurs(link) || event.defaultPrevented) return;
  event.preventDefault();
  go(link.href, event.ctrlKey || event.metaKey || event.shiftKey ? "_blank" : link.target);
}

function sendGetForm(event) {
  if (event.target.method !== "get" || event.defaultPrevented) return;
  event.preventDefault();
  go(`${event.target.action.split("?")[0]}?${new URLSearchParams(new FormData(event.target, event.submitter))}`);
}

if (secret) {
  document.addEventListener("click", followLink);
  document.addEventListener("submit", sendGetForm);
  document.addEventListener("formdata", (event) => {
    const ours = new URL(event.target.action).origin === location.origin;
    if (ours && event.target.method === "post") event.formData.set("launch_secret", secret);
  });
  const plainFetch = window.fetch;
  window.fetch = (url, options = {}) =>
    isOurs(new URL(url, location.href))
      ? plainFetch(url, { ...options, headers: { ...options.headers, "X-Launch-Secret": secret } })
      : plainFetch(url, options);
}
