// Closes the dialog in which an LMS shows the registration (LTI dynamic registration 1.0, section 3.6): at once where
// all is done, by the button where there is something left to read. The message holds no secret, hence "*".

import "./page.js";

const host = window.opener ?? (window.parent === window ? null : window.parent);

function close() {
  host?.postMessage({ subject: "org.imsglobal.lti.close" }, "*");
}

if (host) {
  const button = document.querySelector("[data-close]");
  button.hidden = false;
  button.addEventListener("click", close);
  if (document.querySelector("[data-registration=done]")) close();
}
