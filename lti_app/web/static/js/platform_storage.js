// LTI platform storage: the LMS's page keeps something for this one where the browser keeps no cookie in a frame.

const PATIENCE = 2000;

/**
 * Sends the LMS a message and returns its answer's data; throws where none comes in time, or the LMS says no.
 *
 * `frame` is the name of the LMS's frame that keeps the data, "_parent" for the page around this one. Nobody but
 * `origin` can read the message, and no answer of anybody else counts.
 */
export function ask(frame, origin, message) {
  const id = crypto.getRandomValues(new Uint32Array(4)).join("-");
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no answer")), PATIENCE);
    window.addEventListener("message", ({ origin: from, data }) => {
      if (from !== origin || data?.message_id !== id || data.subject !== `${message.subject}.response`) return;
      clearTimeout(timer);
      if (data.error) reject(new Error(data.error.code));
      else resolve(data);
    });
    keeper(frame).postMessage({ ...message, message_id: id }, origin);
  });
}

function keeper(frame) {
  const around = window.parent === window ? window.opener : window.parent;
  return frame === "_parent" ? around : around.frames[frame];
}
