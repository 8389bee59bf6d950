// Sends the form of a page that is only a step; where scripts are off, its button does.

document.getElementById("step").submit();
