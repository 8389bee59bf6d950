// Where the browser keeps no cookie of the launch, the page holds the launch's secret and carries it on: in forms, and
// in a header of what scripts ask for. It is never in an address. See web/carrying.py.
//
// No module, since those wait for the whole page: a link that is followed before this script listens leads nowhere.
{
  const PREFIX = "/carried";
  const secret = document.querySelector("meta[name='launch-secret']").content;

  /** Returns the address without the prefix, which a page that was carried gives to forms that name no address. */
  const bare = (url) => {
    const found = new URL(url, location.href);
    if (found.pathname.startsWith(`${PREFIX}/`)) found.pathname = found.pathname.slice(PREFIX.length);
    return found;
  };

  const isOurs = (url) => url.origin === location.origin && url.pathname.startsWith("/launches/");

  const go = (url, target = "") => {
    const { pathname, search, hash } = bare(url);
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: `${PREFIX}${pathname}${search}${hash}`, target });
    document.body.append(form);
    form.submit(); // the secret is added below, as to every form
    form.remove();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !isOurs(link) || event.defaultPrevented) return;
    event.preventDefault();
    go(link.href, event.ctrlKey || event.metaKey || event.shiftKey ? "_blank" : link.target);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const action = bare(form.action);
    if (event.defaultPrevented || !isOurs(action)) return;
    if (form.method === "post") {
      form.action = action.href;
      return;
    }
    event.preventDefault();
    const fields = new FormData(form);
    if (event.submitter?.name) fields.append(event.submitter.name, event.submitter.value);
    action.search = new URLSearchParams(fields);
    go(action);
  });

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
