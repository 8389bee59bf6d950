// A submitted attempt.

import "./page.js";
import "./grade.js";
import "./left_behind.js";
