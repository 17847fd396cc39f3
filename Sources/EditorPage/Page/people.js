import { colorOr } from "./cursors.js";
import { COLORS } from "./preferences.js";

/** What somebody is called; who speaks in whole texts has no name. */
export function nameOf({ name }) {
  // Without signs that turn, or end, the sentence that the name stands in.
  return name?.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "").trim() || "Somebody";
}

/** The name and the color of who has chosen none: such as nobody else here has. */
export function guestAmong(members, ownId) {
  const others = members.filter(({ clientId }) => clientId !== ownId);
  const isFree = (name) => !others.some((other) => other.name === name);
  let number = 1;
  const guest = () => (number === 1 ? "Guest" : `Guest ${number}`);
  while (!isFree(guest())) number++;
  const free = COLORS.filter((color) => !others.some((other) => other.color === color));
  return { name: guest(), color: free[0] ?? COLORS[number % COLORS.length] };
}

/**
 * Shows who is here: first oneself, whom a click lets choose a name, then the others, to whose cursor it leads.
 *
 * It is called several times a second while people move, so whoever has not changed is left alone, and keeps the focus.
 */
export function showPeople(list, members, ownId, { goTo, rename }) {
  const ordered = [...members].sort((a, b) => (b.clientId === ownId) - (a.clientId === ownId));
  const items = new Map([...list.children].map((item) => [item.firstChild.dataset.client, item]));
  const shown = ordered.map((member) => {
    const isOwn = member.clientId === ownId;
    const act = () => (isOwn ? rename() : goTo(member.clientId));
    const item = items.get(member.clientId) ?? person(member.clientId, act);
    describe(item.firstChild, member, isOwn);
    return item;
  });
  const isSame = shown.length === list.children.length && shown.every((item, index) => item === list.children[index]);
  if (!isSame) list.replaceChildren(...shown);
}

function person(client, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "person";
  button.dataset.client = client;
  button.addEventListener("click", act);
  const item = document.createElement("li");
  item.append(button);
  return item;
}

function describe(button, member, isOwn) {
  const name = nameOf(member);
  const text = isOwn ? `${name} (you)` : name;
  const place = member.cursor ? `Go to where ${name} is` : `${name} shows no cursor`;
  button.style.setProperty("--color", colorOr(member.color));
  if (button.textContent !== text) button.textContent = text;
  button.title = isOwn ? "Choose your name and color" : place;
}
