import { compose, isHighSurrogate, isLowSurrogate } from "./change.js";

/**
 * The text area: CodeMirror, with changes and positions as the room has them, and without its history of undoing.
 *
 * The listener has `edit(change, kind)` for what the user does, `moved()` when the selection moves, and `admits(insert)`,
 * which may refuse what is about to be put in.
 */
export class Editor {
  #listener;
  #made;
  #isApplying = false;

  /** The CodeMirror instance, for those who show things in it. */
  code;

  constructor(element, listener, keys) {
    this.#listener = listener;
    this.code = CodeMirror(element, {
      // Others' carriage returns are characters like any other, or positions would not be theirs.
      lineSeparator: "\n",
      lineNumbers: true, matchBrackets: true, autoCloseBrackets: true, styleActiveLine: false, readOnly: true,
      indentUnit: 4, tabSize: 4, undoDepth: 0, theme: "pairloom", extraKeys: keys, mode: null,
      specialCharPlaceholder: specialCharacter, screenReaderLabel: "Code of the room",
      configureMouse: () => ({ addNew: false }),
    });
    this.code.on("beforeChange", (_, change) => this.#willChange(change));
    this.code.on("changes", (_, changes) => this.#didChange(changes));
    this.code.on("cursorActivity", () => this.#isApplying || this.#listener.moved());
  }

  get selection() {
    const { anchor, head } = this.code.listSelections()[0];
    return { anchor: this.code.indexFromPos(anchor), head: this.code.indexFromPos(head) };
  }

  /** Makes a change to the text that the user did not type; what is seen stays where it is. */
  apply(change) {
    this.#isApplying = true;
    const { code } = this;
    const view = code.getScrollInfo();
    const top = code.lineAtHeight(view.top, "local");
    const handle = code.getLineHandle(top);
    const offset = view.top - code.heightAtLine(top, "local");
    code.operation(() => {
      for (const { from, to, insert } of [...change].reverse()) {
        code.replaceRange(insert, code.posFromIndex(from), code.posFromIndex(to), "remote");
      }
    });
    this.#isApplying = false;
    const line = handle && code.getLineNumber(handle);
    if (line != null && line !== top) code.scrollTo(null, code.heightAtLine(line, "local") + offset);
  }

  /** Puts the cursor behind the last place that a change has touched, and shows it. */
  showEnd(change) {
    const growth = change.slice(0, -1).reduce((sum, { from, to, insert }) => sum + insert.length - (to - from), 0);
    const { from, insert } = change.at(-1);
    this.code.setCursor(this.code.posFromIndex(from + growth + insert.length));
  }

  // MARK: What the user does

  /** Takes a change before it is made, while its positions are those of the text. */
  #willChange(change) {
    if (this.#isApplying) return;
    const insert = clean(change.text.join("\n"), change.origin);
    const from = this.code.indexFromPos(change.from);
    const to = this.code.indexFromPos(change.to);
    if (!this.#listener.admits(insert, to - from)) return change.cancel();
    const whole = this.#widen(from, to, insert);
    if (whole.from !== from || whole.to !== to || whole.insert !== change.text.join("\n")) {
      change.update(
        this.code.posFromIndex(whole.from), this.code.posFromIndex(whole.to), whole.insert.split("\n"));
    }
    const made = whole.from === whole.to && whole.insert === "" ? [] : [whole];
    this.#made = this.#made ? compose(this.#made, made) : made;
  }

  /** A replacement that begins and ends inside of no surrogate pair, as some keyboards' corrections do. */
  #widen(from, to, insert) {
    const unit = (index) => this.code.getRange(this.code.posFromIndex(index), this.code.posFromIndex(index + 1));
    const isInsidePair = (index) =>
      isLowSurrogate(unit(index).charCodeAt(0)) && index > 0 && isHighSurrogate(unit(index - 1).charCodeAt(0));
    const before = isInsidePair(from) ? unit(from - 1) : "";
    const after = isInsidePair(to) && to > from ? unit(to) : "";
    return { from: from - before.length, to: to + after.length, insert: (before + insert + after).toWellFormed() };
  }

  #didChange(changes) {
    const made = this.#made;
    this.#made = undefined;
    if (made?.length > 0) this.#listener.edit(made, changes[0].origin ?? "");
  }
}

/** What is put in, as the room can have it: one kind of line end, and no NUL. */
function clean(text, origin) {
  const lines = origin === "paste" || origin === "drop" ? text.replace(/\r\n?/g, "\n") : text;
  return lines.replace(/\0/g, "\ufffd");
}

/** Shows a control character; the carriage returns of a text from elsewhere without fuss. */
function specialCharacter(character) {
  const sign = document.createElement("span");
  sign.className = "cm-invalidchar";
  const code = character.charCodeAt(0);
  sign.textContent = code === 13 ? "\u240d" : "\u2022";
  sign.title = `\\u${code.toString(16).padStart(4, "0")}`;
  sign.setAttribute("aria-label", sign.title);
  return sign;
}
