import { colorOr } from "./cursors.js";
import { COLORS } from "./preferences.js";

/** What somebody is called; who speaks in whole texts has no name. */
export function nameOf({ name }) {
  return name || "Somebody";
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

/** Shows who is here: first oneself, whom a click lets choose a name, then the others, to whose cursor it leads. */
export function showPeople(list, members, ownId, { goTo, rename }) {
  const ordered = [...members].sort((a, b) => (b.clientId === ownId) - (a.clientId === ownId));
  list.replaceChildren(...ordered.map((member) => {
    const isOwn = member.clientId === ownId;
    const name = nameOf(member);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "person";
    button.style.setProperty("--color", colorOr(member.color));
    button.textContent = isOwn ? `${name} (you)` : name;
    button.dataset.client = member.clientId;
    if (isOwn) button.title = "Choose your name and color";
    else if (member.cursor) button.title = `Go to where ${name} is`;
    else button.title = `${name} shows no cursor`;
    button.addEventListener("click", () => (isOwn ? rename() : goTo(member.clientId)));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
}
