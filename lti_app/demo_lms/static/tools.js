// Leaves the page of a registration when the tool in the frame says that it is done (dynamic registration 1.0, 3.6).
addEventListener("message", ({ data, source }) => {
  const frame = document.getElementById("registration");
  if (frame && source === frame.contentWindow && data?.subject === "org.imsglobal.lti.close") location.assign("/tools");
});
