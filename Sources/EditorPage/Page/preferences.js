/** What this browser's user has chosen, for all rooms. Works, and forgets, where the browser keeps nothing. */
export const preferences = {
  get name() {
    return read("name", "");
  },
  set name(name) {
    write("name", name.trim().slice(0, 64));
  },

  /** One of `COLORS`; nothing until it is chosen. */
  get color() {
    const color = read("color");
    return COLORS.includes(color) ? color : undefined;
  },
  set color(color) {
    write("color", color);
  },

  /** `system`, `light` or `dark`. */
  get theme() {
    return read("theme", "system");
  },
  set theme(theme) {
    write("theme", theme);
    this.apply();
  },

  /** In CSS pixels. */
  get fontSize() {
    return Math.min(Math.max(Number(read("fontSize", 14)) || 14, 9), 32);
  },
  set fontSize(size) {
    write("fontSize", size);
    this.apply();
  },

  get suggests() {
    return read("suggests", true);
  },
  set suggests(suggests) {
    write("suggests", suggests);
  },

  /** Lets the page look as chosen. */
  apply() {
    const root = document.documentElement;
    if (this.theme === "system") delete root.dataset.theme;
    else root.dataset.theme = this.theme;
    root.style.setProperty("--code-size", `${this.fontSize}px`);
  },
};

/** Colors of people: on each of them, white can be read. */
export const COLORS = ["#0b57d0", "#b3261e", "#146c2e", "#8430ce", "#a14000", "#00696d", "#a8005c", "#5d5f00"];

/** What was kept under a name; `otherwise` when there is nothing. */
export function read(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(`pairloom.${name}`)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function write(name, value) {
  try {
    localStorage.setItem(`pairloom.${name}`, JSON.stringify(value));
  } catch {
    // The browser keeps nothing for us.
  }
}
