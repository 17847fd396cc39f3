import { colorOr } from "./cursors.js";

/** What somebody is called; `index` tells those without a name apart. */
export function nameOf({ name, color }) {
  return name || (color ? "Guest" : "Somebody");
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
