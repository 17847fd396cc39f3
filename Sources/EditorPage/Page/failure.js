import { button } from "./notices.js";
import { forgetRoom } from "./recent.js";
import { makeRoom, startPage } from "./rooms.js";
import { wordsForEnd, wordsForObstacle } from "./words.js";

const panel = document.getElementById("failure");
const title = document.getElementById("failure-title");
const text = document.getElementById("failure-text");
const actions = panel.querySelector(".row");
let shown;

/** Says why the room cannot be entered, or left us, with what can be done about it. */
export function showFailure(client, { id, language, copy }) {
  const words = wordsFor(client);
  if (words?.title === shown) return;
  if (words && client.end?.code === 4404) forgetRoom(id);
  const buttons = {
    make: () => button("Make a new room", make),
    retry: () => button("Try again", () => (client.state === "ended" ? location.reload() : client.retryNow())),
    reload: () => button("Open the room again", () => location.reload()),
    copy: () => button("Copy the text", copy),
    home: () => Object.assign(document.createElement("a"), { href: startPage, textContent: "To the start" }),
  };
  show(words, words?.actions.map((action) => buttons[action]()));

  async function make() {
    try {
      const code = client.replica.text;
      location.replace(await makeRoom({ language, ...(code && { code }) }));
    } catch (error) {
      text.textContent = error.message;
    }
  }
}

function wordsFor({ end, obstacle, replica }) {
  const hasBeenIn = replica.clientId !== undefined;
  // Who has a text goes on with it, and reads the reason in the foot of the page.
  if (obstacle) return hasBeenIn ? undefined : wordsForObstacle(obstacle);
  return end && wordsForEnd(end, hasBeenIn);
}

/** Says so, and ends everything, when the editor itself has not come. */
export function requireCodeMirror() {
  if (globalThis.CodeMirror) return;
  show({
    title: "The editor cannot be loaded",
    text: "This server lets browsers load CodeMirror from the internet, and it did not come. Whoever runs the server "
      + "can install Debian's libjs-codemirror, or name a folder with it as server.editor_assets.",
  }, [button("Try again", () => location.reload())]);
  throw new Error("CodeMirror is missing");
}

const code = (text) => Object.assign(document.createElement("code"), { textContent: text });

function show(words, buttons = []) {
  shown = words?.title;
  panel.hidden = !words;
  if (!words) return;
  title.textContent = words.title;
  text.replaceChildren(...words.text.split("`").map((part, index) => (index % 2 ? code(part) : part)));
  actions.replaceChildren(...buttons);
  buttons[0]?.classList.add("primary");
  // Not a button: who is typing would press it.
  panel.focus();
}
