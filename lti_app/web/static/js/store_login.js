// Has the LMS keep what ties this login to this browser, and goes on to the LMS to be told who is here.

import { ask } from "./platform_storage.js";

const { frame, origin, key, value, onward, failed } = document.getElementById("storage").dataset;

try {
  await ask(frame, origin, { subject: "lti.put_data", key, value });
  location.replace(onward);
} catch {
  location.replace(failed);
}
