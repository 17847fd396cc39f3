import { changedRanges } from "./change.js";

/** The cursors and selections of the others, with their names, in the editor. */
export class Cursors {
  #code;
  /** By client: { anchor, head } in the user's text, and the marks that show them. */
  #shown = new Map();

  constructor(code) {
    this.#code = code;
  }

  /** Shows the cursors of these members, and no others: { clientId, name, color, cursor }, in the user's text. */
  show(members) {
    this.#code.operation(() => this.#show(members));
  }

  #show(members) {
    const here = new Set(members.filter(({ cursor }) => cursor).map(({ clientId }) => clientId));
    for (const id of [...this.#shown.keys()]) if (!here.has(id)) this.#remove(id);
    for (const member of members) {
      if (!member.cursor) continue;
      const shown = this.#shown.get(member.clientId);
      const isSame = shown && shown.name === member.name && shown.color === member.color
        && this.#placeOf(shown) === `${member.cursor.anchor}:${member.cursor.head}`;
      if (!isSame) this.#put(member);
    }
  }

  /** Brings an author's cursor to the end of what it has just written; the others' marks go along by themselves. */
  follow(author, change) {
    const shown = this.#shown.get(author);
    const [, end] = changedRanges(change).at(-1) ?? [];
    if (shown && end !== undefined) this.#put({ ...shown, cursor: { anchor: end, head: end } });
  }

  /** Where somebody's cursor is; nothing when it is not shown. */
  positionOf(id) {
    return this.#shown.get(id)?.caret.find();
  }

  #placeOf({ caret, range, isBackward }) {
    const head = caret.find();
    if (!head) return undefined;
    const found = range?.find();
    const anchor = found ? (isBackward ? found.to : found.from) : head;
    return `${this.#code.indexFromPos(anchor)}:${this.#code.indexFromPos(head)}`;
  }

  #put({ clientId, name, color, cursor }) {
    this.#remove(clientId);
    const head = this.#code.posFromIndex(cursor.head);
    const widget = caret(name, color, head.line === 0);
    const shown = { clientId, name, color, isBackward: cursor.head < cursor.anchor };
    shown.caret = this.#code.setBookmark(head, { widget, insertLeft: true, handleMouseEvents: true });
    if (cursor.anchor !== cursor.head) {
      const anchor = this.#code.posFromIndex(cursor.anchor);
      const [from, to] = shown.isBackward ? [head, anchor] : [anchor, head];
      shown.range = this.#code.markText(from, to, {
        css: `background-color: color-mix(in srgb, ${colorOr(color)} 16%, transparent)`,
      });
    }
    this.#shown.set(clientId, shown);
  }

  #remove(id) {
    this.#shown.get(id)?.caret.clear();
    this.#shown.get(id)?.range?.clear();
    this.#shown.delete(id);
  }
}

/** A color that others chose, if it is `#rgb` or `#rrggbb`; else a quiet one. Others would say more than a color. */
export function colorOr(color) {
  return /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(color ?? "") ? color : "#5f6368";
}

function caret(name, color, isFirstLine) {
  const caret = document.createElement("span");
  caret.className = isFirstLine ? "caret below" : "caret";
  caret.style.setProperty("--color", colorOr(color));
  caret.setAttribute("aria-hidden", "true");
  const flag = document.createElement("span");
  flag.className = "flag";
  flag.textContent = name;
  caret.append(flag);
  return caret;
}
