"use strict";
// Keeps data for the tool in a frame of the page, where the browser lets it keep no cookies (1EdTech: LTI postMessage Storage).
// Each origin sees its own data only; all is forgotten with this page.

const MOST = 100;
const stores = new Map();

const answers = {
  "lti.capabilities": () => ({ supported_messages: Object.keys(answers).map((subject) => ({ subject })) }),
  "lti.put_data": ({ key, value }, store) => {
    if (typeof key !== "string") return { error: { code: "bad_request", message: "A key is a text." } };
    if (value === undefined || value === null) store.delete(key);
    else if (store.size >= MOST) return { key, error: { code: "storage_exhaustion", message: "There is no room." } };
    else store.set(key, value);
    return { key, value };
  },
  "lti.get_data": ({ key }, store) => ({ key, value: store.get(key) }),
};

window.addEventListener("message", ({ data, origin, source }) => {
  const answer = answers[data?.subject];
  const framed = [...document.querySelectorAll("iframe")].some((frame) => frame.contentWindow === source);
  if (!framed || !answer) return;
  if (!stores.has(origin)) stores.set(origin, new Map());
  const { subject, message_id } = data;
  source.postMessage({ subject: `${subject}.response`, message_id, ...answer(data, stores.get(origin)) }, origin);
});
