/**
 * What may come next, in grey behind the cursor: Tab takes it, Escape drops it, and who types it letter by letter keeps
 * the rest.
 */
export class Ghost {
  #editor;
  #ask;
  #announce;
  #timer;
  #text = "";
  #mark;
  #round = 0;

  isEnabled = true;

  /**
   * @param ask finds what comes next at a place in the user's text; nothing when it cannot be asked
   * @param announce says something to those who do not see it
   */
  constructor(editor, ask, announce) {
    this.#editor = editor;
    this.#ask = ask;
    this.#announce = announce;
    editor.code.on("blur", () => this.drop());
  }

  /** The user has made this change: goes on with what is shown if it fits, and asks when there is a pause. */
  didType(change) {
    const [{ from, to, insert }] = change;
    const rest = this.#text.startsWith(insert) ? this.#text.slice(insert.length) : "";
    const isBehind = this.#editor.selection.head === from + insert.length;
    const goesOn = this.#mark && change.length === 1 && from === to && insert !== "" && rest !== "" && isBehind;
    this.drop();
    if (goesOn) this.#show(rest, from + insert.length);
    else this.#askSoon();
  }

  /** Takes what is shown; false when there is nothing. */
  take() {
    if (!this.#mark) return false;
    const text = this.#text;
    this.drop();
    this.#editor.code.replaceSelection(text, "end", "complete");
    return true;
  }

  /** Drops what is shown, or asked; false when nothing was shown. */
  drop() {
    clearTimeout(this.#timer);
    this.#round++;
    const wasShown = Boolean(this.#mark);
    this.#mark?.clear();
    this.#mark = undefined;
    this.#text = "";
    return wasShown;
  }

  #askSoon() {
    if (!this.isEnabled) return;
    const round = this.#round;
    this.#timer = setTimeout(async () => {
      const position = this.#place();
      if (position === undefined) return;
      const text = await this.#ask(position);
      if (text && round === this.#round && position === this.#place()) this.#show(text, position);
    }, PAUSE);
  }

  /** Where something may be suggested: at a cursor behind which the line has nothing but what closes. */
  #place() {
    const { code, selection } = this.#editor;
    const { line, ch } = code.getCursor();
    if (selection.anchor !== selection.head || !code.hasFocus()) return undefined;
    const text = code.getLine(line);
    return text.trim() !== "" && /^[\s)\]}"'`;,:>]*$/.test(text.slice(ch)) ? selection.head : undefined;
  }

  #show(text, position) {
    const widget = document.createElement("span");
    widget.className = "ghost";
    widget.textContent = text;
    widget.setAttribute("aria-hidden", "true");
    this.#text = text;
    this.#mark = this.#editor.code.setBookmark(this.#editor.code.posFromIndex(position), { widget });
    this.#announce(`Suggestion: ${text}. Tab takes it, Escape drops it.`);
  }
}

/** After how many milliseconds of rest a question is asked. */
const PAUSE = 250;
