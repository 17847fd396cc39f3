const notices = document.getElementById("notices");

/** Says something that passes by itself; with an `action`, { label, act }, it stays until it is dismissed. */
export function notice(text, { action, stays = 8000 } = {}) {
  const box = document.createElement("div");
  box.className = "notice";
  box.append(Object.assign(document.createElement("span"), { textContent: text }));
  if (action) box.append(button(action.label, action.act));
  const close = button("✕", () => box.remove());
  close.setAttribute("aria-label", "Dismiss");
  box.append(close);
  for (const old of [...notices.querySelectorAll(".notice:not(.stays)")].slice(0, -2)) old.remove();
  box.classList.toggle("stays", Boolean(action));
  notices.append(box);
  if (!action) setTimeout(() => box.remove(), stays);
}

export function button(label, act) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  button.addEventListener("click", act);
  return button;
}
