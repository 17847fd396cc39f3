import { changedRanges, compose, isHighSurrogate, isLowSurrogate, mapPosition } from "./change.js";

/**
 * The text area: CodeMirror, with changes and positions as the room has them, and without its history of undoing.
 *
 * The listener has `edit(change, kind)` for what the user does, `moved()` when the selection moves otherwise, and
 * `admits(replacement)`, which may refuse what is about to be done to the text as it stands.
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
      lineNumbers: true, matchBrackets: true, autoCloseBrackets: true, readOnly: true,
      indentUnit: 4, tabSize: 4, undoDepth: 0, theme: "pairloom", extraKeys: keys, mode: null,
      specialChars: SPECIAL, specialCharPlaceholder: specialCharacter, screenReaderLabel: "Code of the room",
      configureMouse: () => ({ addNew: false }),
    });
    this.code.on("beforeChange", (_, change) => this.#willChange(change));
    this.code.on("changes", (_, changes) => this.#didChange(changes));
    // Where an edit leads the cursor goes without saying.
    this.code.on("cursorActivity", () => this.#isApplying || this.#made || this.#listener.moved());
  }

  get selection() {
    const { anchor, head } = this.code.listSelections()[0];
    return { anchor: this.code.indexFromPos(anchor), head: this.code.indexFromPos(head) };
  }

  /** Makes a change to the text that the user did not type. */
  apply(change) {
    const { code } = this;
    const selection = code.listSelections().length === 1 ? this.selection : undefined;
    const wasEmpty = code.lineCount() === 1 && code.getLine(0) === "";
    this.#isApplying = true;
    this.#holdView(() => code.operation(() => {
      for (const { from, to, insert } of [...change].reverse()) {
        code.replaceRange(insert, code.posFromIndex(from), code.posFromIndex(to), "remote");
      }
    }));
    if (selection) this.#select(selection, change);
    if (wasEmpty) {
      // Before the first text there was no place that the user could have chosen.
      code.setCursor(0, 0);
      code.scrollTo(0, 0);
    }
    this.#isApplying = false;
  }

  /** Selects what was selected before a change, and nothing that the change has put beside it. */
  #select({ anchor, head }, change) {
    // What the user has just typed, or an input method is at work on, stands left of the cursor and goes on there: of two
    // who type in one place, neither comes into the words of the other.
    const [start, last] = [Math.min(anchor, head), Math.max(anchor, head)];
    const first = mapPosition(start, change, start === last ? "left" : "right");
    const end = Math.max(mapPosition(last, change, "left"), first);
    const [from, to] = [this.code.posFromIndex(first), this.code.posFromIndex(end)];
    if (anchor < head) this.code.setSelection(from, to, { scroll: false });
    else this.code.setSelection(to, from, { scroll: false });
  }

  /** Lets the lines that are seen stay where they are, whatever is done above them. */
  #holdView(act) {
    const { code } = this;
    const view = code.getScrollInfo();
    const top = code.lineAtHeight(view.top, "local");
    const handle = code.getLineHandle(top);
    const offset = view.top - code.heightAtLine(top, "local");
    act();
    const line = handle && code.getLineNumber(handle);
    if (line != null && line !== top) code.scrollTo(null, code.heightAtLine(line, "local") + offset);
  }

  /** Puts the cursor behind the last place that a change has touched, and shows it. */
  showEnd(change) {
    const [, end] = changedRanges(change).at(-1);
    this.code.setCursor(this.code.posFromIndex(end));
  }

  // MARK: What the user does

  /** Takes a change before it is made, while its positions are those of the text. */
  #willChange(change) {
    if (this.#isApplying) return;
    const given = change.text.join("\n");
    const from = this.code.indexFromPos(change.from);
    const to = this.code.indexFromPos(change.to);
    const whole = this.#whole(from, to, this.#clean(given, change), change.origin);
    if (!this.#listener.admits(whole)) return change.cancel();
    if (whole.from !== from || whole.to !== to || whole.insert !== given) {
      change.update(
        this.code.posFromIndex(whole.from), this.code.posFromIndex(whole.to), whole.insert.split("\n"));
    }
    const made = whole.from === whole.to && whole.insert === "" ? [] : [whole];
    (this.#made ??= []).push(made);
  }

  /** What is put in, as the room can have it: without NUL, and with the line ends of the line that it is put into. */
  #clean(text, { from, origin }) {
    const isFromElsewhere = origin === "paste" || origin === "drop";
    const lines = (isFromElsewhere ? text.replace(/\r\n?/g, "\n") : text).replaceAll("\0", "\ufffd");
    return this.code.getLine(from.line).endsWith("\r") ? lines.replace(/\r?\n/g, "\r\n") : lines;
  }

  /** A replacement that begins and ends neither between the halves of a character nor between those of a line end. */
  #whole(from, to, insert, origin) {
    const unit = (index) => this.code.getRange(this.code.posFromIndex(index), this.code.posFromIndex(index + 1));
    const pairAt = (index) => (index > 0 ? unit(index - 1) : "") + unit(index);
    const [first, last] = [pairAt(from), pairAt(to)];
    if (from === to) {
      const place = isPair(first) || first === "\r\n" ? from - 1 : from;
      return { from: place, to: place, insert: insert.toWellFormed() };
    }
    // Some keyboards' corrections replace a half of an emoji; the other half is then part of what is put in.
    const before = isPair(first) ? first[0] : "";
    const after = isPair(last) ? last[1] : "";
    const start = before || first === "\r\n" ? from - 1 : from;
    let end = after ? to + 1 : to;
    if (last === "\r\n") {
      // Backspace at the end of a line, which is seen before its carriage return, is meant for what stands there.
      const isBackspace = this.selection.head === to && this.code.getCursor().ch > 1;
      if (origin === "+delete" && to - from === 1 && isBackspace) return this.#whole(from - 1, from, insert, origin);
      // A line's end that is deleted by itself goes as one; else the carriage return is none of the line's text.
      end = origin === "+delete" && to - from === 1 ? to + 1 : to - 1;
    }
    return { from: start, to: Math.max(end, start), insert: (before + insert + after).toWellFormed() };
  }

  #didChange(changes) {
    const made = composeAll(this.#made ?? []);
    this.#made = undefined;
    if (made.length > 0) this.#listener.edit(made, changes[0].origin ?? "");
  }
}

/** CodeMirror's own, and the signs that turn the direction of what follows: code must not look like other code. */
const SPECIAL = new RegExp(
  "[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ufff9-\\ufffc]");

/** One change that does what several do one after the other; halved, since each may be made in thousands of places. */
function composeAll(changes) {
  if (changes.length < 2) return changes[0] ?? [];
  const middle = changes.length >> 1;
  return compose(composeAll(changes.slice(0, middle)), composeAll(changes.slice(middle)));
}

const isPair = (text) => isHighSurrogate(text.charCodeAt(0)) && isLowSurrogate(text.charCodeAt(1));

/** Shows a control character; the carriage returns of a text from Windows are not worth a sign. */
function specialCharacter(character) {
  const sign = document.createElement("span");
  if (character === "\r") return sign;
  sign.className = "cm-invalidchar";
  sign.textContent = "\u2022";
  sign.title = `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  sign.setAttribute("aria-label", sign.title);
  return sign;
}
