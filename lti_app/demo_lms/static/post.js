"use strict";
// Sends the page's form at once. Without scripts, the person presses its button.
document.getElementById("post").submit();
