// What every page has.

import "./frame.js";
import "./local_time.js";
import "./scrolling.js";
import "./zoom.js";
