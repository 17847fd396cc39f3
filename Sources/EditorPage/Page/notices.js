const notices = document.getElementById("notices");

/** Says something that passes: it goes away by itself, or when it is dismissed. `action` is { label, act }. */
export function notice(text, { action, stays = 8000 } = {}) {
  const box = document.createElement("div");
  box.className = "notice";
  box.append(Object.assign(document.createElement("span"), { textContent: text }));
  if (action) box.append(button(action.label, action.act));
  const close = button("✕", () => box.remove());
  close.setAttribute("aria-label", "Dismiss");
  box.append(close);
  for (const old of [...notices.children].slice(0, -2)) old.remove();
  notices.append(box);
  setTimeout(() => box.remove(), action ? 4 * stays : stays);
}

export function button(label, act) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  button.addEventListener("click", act);
  return button;
}
