// Has the LMS keep what ties this login to this browser, and goes on to the LMS to be told who is here.

import "./page.js";
import { ask } from "./platform_storage.js";

const { frame, origin, key, value, onward, failed } = document.getElementById("storage").dataset;

const leadTo = (url) => location.replace(url);

ask(frame, origin, { subject: "lti.put_data", key, value }).then(() => leadTo(onward), () => leadTo(failed));
