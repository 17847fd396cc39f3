import { COLORS, preferences } from "./preferences.js";

const dialog = document.getElementById("settings");
const { name, theme, fontSize, suggests } = dialog.querySelector("form").elements;
const size = document.getElementById("font-size-shown");

/** Prepares the dialog of settings; `changed` is called whenever one of them was. */
export function setUpSettings(changed) {
  document.getElementById("colors").replaceChildren(...COLORS.map(swatch));
  dialog.addEventListener("input", ({ target }) => {
    if (target.type === "checkbox") preferences.suggests = target.checked;
    else preferences[target.name] = target.name === "fontSize" ? Number(target.value) : target.value;
    size.value = `${preferences.fontSize} px`;
    changed();
  });
}

/** Opens the dialog; `color` is the one that is shown to the others, chosen or not. */
export function openSettings(color) {
  name.value = preferences.name;
  theme.value = preferences.theme;
  fontSize.value = preferences.fontSize;
  size.value = `${preferences.fontSize} px`;
  suggests.checked = preferences.suggests;
  for (const swatch of dialog.querySelectorAll("[name=color]")) swatch.checked = swatch.value === color;
  dialog.showModal();
}

function swatch(color, index) {
  const choice = Object.assign(document.createElement("input"), { type: "radio", name: "color", value: color });
  choice.setAttribute("aria-label", `Color ${index + 1}`);
  choice.style.setProperty("--color", color);
  choice.className = "swatch";
  return choice;
}
