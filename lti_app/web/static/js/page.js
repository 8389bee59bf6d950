// What every page has.

import "./frame.js";
import "./local_time.js";
import "./zoom.js";
