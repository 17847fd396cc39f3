import { load } from "./assets.js";

const bar = document.getElementById("find");
const field = document.getElementById("find-text");
const count = document.getElementById("find-count");

/** Finds text in the editor; the browser's own search does not see the lines that are out of view. */
export class Find {
  #code;
  #marks = [];

  constructor(code) {
    this.#code = code;
    bar.addEventListener("submit", (event) => {
      event.preventDefault();
      this.next();
    });
    field.addEventListener("input", () => this.#search(code.getCursor("from")));
    document.getElementById("find-previous").addEventListener("click", () => this.#go(true));
    document.getElementById("find-close").addEventListener("click", () => this.close());
    bar.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  async open() {
    await load(["addon/search/searchcursor.js"]);
    bar.hidden = false;
    const selected = this.#code.getSelection();
    if (selected && !selected.includes("\n")) field.value = selected;
    field.select();
    field.focus();
    this.#search(this.#code.getCursor("from"));
  }

  next() {
    if (bar.hidden) return this.open();
    this.#go(false);
  }

  close() {
    bar.hidden = true;
    this.#clear();
    this.#code.focus();
  }

  #search(start) {
    this.#clear();
    count.textContent = "";
    if (!field.value) return;
    const cursor = this.#cursor({ line: 0, ch: 0 });
    this.#code.operation(() => {
      while (this.#marks.length < MOST && cursor.findNext()) {
        this.#marks.push(this.#code.markText(cursor.from(), cursor.to(), { className: "found" }));
      }
    });
    const number = this.#marks.length;
    count.textContent = number === 0 ? "Nothing found" : `${number}${number === MOST ? " or more" : ""} found`;
    this.#go(false, start);
  }

  #go(isBackward, start = this.#code.getCursor(isBackward ? "from" : "to")) {
    if (!field.value) return;
    let cursor = this.#cursor(start);
    if (!cursor.find(isBackward)) {
      cursor = this.#cursor(isBackward ? { line: this.#code.lastLine() } : { line: 0, ch: 0 });
      if (!cursor.find(isBackward)) return;
    }
    this.#code.setSelection(cursor.from(), cursor.to());
    this.#code.scrollIntoView({ from: cursor.from(), to: cursor.to() }, 80);
  }

  /** Capitals count when there are some in what is looked for. */
  #cursor(start) {
    return this.#code.getSearchCursor(field.value, start, { caseFold: field.value === field.value.toLowerCase() });
  }

  #clear() {
    for (const mark of this.#marks) mark.clear();
    this.#marks = [];
  }
}

/** How many matches are marked. */
const MOST = 1000;
