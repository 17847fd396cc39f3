import { fillMenu, languageOf, languageOfFile } from "./languages.js";
import { preferences, read, write } from "./preferences.js";
import { forgetRoom, recentRooms } from "./recent.js";
import { addressOf, makeRoom, roomOf } from "./rooms.js";

const form = document.getElementById("new-room");
const { language, text, file } = form.elements;
const problem = document.getElementById("problem");

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

preferences.apply();
fillMenu(language, read("language", "python"));
showRecent();

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  problem.textContent = "";
  try {
    write("language", language.value);
    const code = text.value.replaceAll("\0", "\ufffd").toWellFormed();
    location.assign(await makeRoom({ language: language.value, code }));
  } catch (error) {
    problem.textContent = error.message;
    button.disabled = false;
  }
});

document.getElementById("open-room").addEventListener("submit", (event) => {
  event.preventDefault();
  const id = roomOf(event.target.elements.address.value.trim());
  if (id) location.assign(addressOf(id));
});

document.getElementById("choose-file").addEventListener("click", () => file.click());
file.addEventListener("change", () => take(file.files[0]));
document.getElementById("forget").addEventListener("click", () => {
  write("recent", []);
  showRecent();
});

addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("dropping");
});
addEventListener("dragleave", (event) => event.relatedTarget ?? document.body.classList.remove("dropping"));
addEventListener("drop", (event) => {
  document.body.classList.remove("dropping");
  const [dropped] = event.dataTransfer.files;
  if (!dropped && event.target === text) return;
  event.preventDefault();
  if (dropped) take(dropped);
});
// The page may come back from the browser's cache, with a room more.
addEventListener("pageshow", () => {
  showRecent();
  form.querySelector("[type=submit]").disabled = false;
});

/** Takes a file's text for the room's first one, and its language. */
async function take(chosen) {
  if (!chosen) return;
  problem.textContent = "";
  try {
    text.value = new TextDecoder("utf-8", { fatal: true }).decode(await chosen.arrayBuffer()).replace(/\r\n?/g, "\n");
    const found = languageOfFile(chosen.name);
    if (found) language.value = found.name;
    text.focus();
  } catch {
    problem.textContent = `${chosen.name} is no text in UTF-8.`;
  }
}

function showRecent() {
  const rooms = recentRooms();
  document.getElementById("recent").hidden = rooms.length === 0;
  document.querySelector("#recent ul").replaceChildren(...rooms.map(recentRoom));
}

function recentRoom({ id, language: name, at }) {
  const link = Object.assign(document.createElement("a"), { href: addressOf(id), textContent: id.slice(0, 8) });
  const about = Object.assign(document.createElement("span"), {
    textContent: `${languageOf(name).label}, ${dates.format(at)}`,
  });
  const remove = Object.assign(document.createElement("button"), { type: "button", textContent: "Forget" });
  remove.setAttribute("aria-label", `Forget ${id.slice(0, 8)}`);
  remove.addEventListener("click", () => {
    forgetRoom(id);
    showRecent();
  });
  const item = document.createElement("li");
  item.append(link, about, remove);
  return item;
}
