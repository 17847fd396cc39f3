import { button } from "./notices.js";
import { forgetRoom } from "./recent.js";
import { makeRoom } from "./rooms.js";
import { wordsForEnd } from "./words.js";

const panel = document.getElementById("failure");
const title = document.getElementById("failure-title");
const text = document.getElementById("failure-text");
const actions = panel.querySelector(".row");
let shown;

/** Says why the room cannot be entered, or left us, with what can be done about it. */
export function showFailure(client, { id, language, copy }) {
  const words = client.end && wordsForEnd(client.end, client.replica.clientId !== undefined);
  if (words?.title === shown) return;
  shown = words?.title;
  panel.hidden = !words;
  if (!words) return;
  if (client.end.code === 4404) forgetRoom(id);
  title.textContent = words.title;
  text.textContent = words.text;
  const what = {
    make: () => button("Make a new room", make),
    retry: () => button("Try again", () => (client.state === "ended" ? location.reload() : client.retryNow())),
    reload: () => button("Open the room again", () => location.reload()),
    copy: () => button("Copy the text", copy),
    home: () => Object.assign(document.createElement("a"), { href: "/", textContent: "To the start" }),
  };
  actions.replaceChildren(...words.actions.map((action) => what[action]()));
  actions.firstElementChild?.classList.add("primary");
  panel.scrollIntoView();
  actions.firstElementChild?.focus();

  async function make() {
    try {
      const text = client.replica.text;
      location.replace(await makeRoom({ language, ...(text && { code: text }) }));
    } catch (error) {
      document.getElementById("failure-text").textContent = error.message;
    }
  }
}
