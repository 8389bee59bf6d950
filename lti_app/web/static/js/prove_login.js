// Asks the LMS for what ties this launch's login to this browser, and sends the launch on with it, or without.

import "./page.js";
import { ask } from "./platform_storage.js";

const form = document.getElementById("step");
const { frame, origin, key } = document.getElementById("storage").dataset;

ask(frame, origin, { subject: "lti.get_data", key })
  .then(({ value }) => (form.elements.browser_secret.value = value ?? ""))
  .catch(() => {}) // without the proof the launch is refused, with a page that says how to go on
  .then(() => form.submit());
