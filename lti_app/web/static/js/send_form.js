// Sends the form of a page that is only a step; where scripts are off, its button does.

import "./page.js";

document.getElementById("step").submit();
