// A change is a list of replacements { from, to, insert } of one text: sorted, apart from each other, none empty.
// Positions are UTF-16 code units of the text before the change, as in JavaScript's strings; what is inserted stands
// before what is deleted. The server follows the same rules, or the two would not end with one text; docs/protocol.md.

/** The text with a change made to it. */
export function apply(text, change) {
  let result = "";
  let at = 0;
  for (const { from, to, insert } of change) {
    result += text.slice(at, from) + insert;
    at = to;
  }
  return result + text.slice(at);
}

/** One change that does what `first`, then `next` does. */
export function compose(first, next) {
  if (first.length === 0) return next;
  if (next.length === 0) return first;
  const builder = new Builder();
  const one = new Reader(first);
  const two = new Reader(next);
  while (!one.isAtEnd || !two.isAtEnd) {
    if (one.kind === DELETE) builder.delete(one.take());
    else if (two.kind === INSERT) builder.insert(two.take());
    else {
      const count = Math.min(one.length, two.length);
      const [isNew, isKept] = [one.kind === INSERT, two.kind === KEEP];
      const units = one.take(count);
      two.take(count);
      if (isNew && isKept) builder.insert(units);
      else if (isKept) builder.keep(count);
      else if (!isNew) builder.delete(count);
    }
  }
  return builder.finish();
}

/**
 * A change as it must be made after another one of the same text.
 *
 * Of two insertions at one place, the one that is in the room's log stands left: so what is not there yet takes the
 * `right` side, which is the default, and what comes from there is transformed with `left`. A unit that both delete is
 * deleted once.
 */
export function transform(change, over, side = "right") {
  if (change.length === 0 || over.length === 0) return change;
  const builder = new Builder();
  const mine = new Reader(change);
  const theirs = new Reader(over);
  while (!mine.isAtEnd || !theirs.isAtEnd) {
    if (mine.kind === INSERT && (side === "left" || theirs.kind !== INSERT)) builder.insert(mine.take());
    else if (theirs.kind === INSERT) builder.keep(theirs.take().length);
    else {
      const count = Math.min(mine.length, theirs.length);
      if (theirs.kind === KEEP) {
        if (mine.kind === DELETE) builder.delete(count);
        else builder.keep(count);
      }
      mine.take(count);
      theirs.take(count);
    }
  }
  return builder.finish();
}

/** The change that takes a change back, made on the text afterwards; `text` is the one before. */
export function invert(change, text) {
  let shift = 0;
  return change.map(({ from, to, insert }) => {
    const start = from + shift;
    shift += insert.length - (to - from);
    return { from: start, to: start + insert.length, insert: text.slice(from, to) };
  });
}

/**
 * Where a position in the text before a change lies afterwards. Inside of a replaced range: behind what came instead.
 * Where something is inserted right there: behind it, or before it with the side `left`.
 */
export function mapPosition(position, change, side = "right") {
  let shift = 0;
  for (const { from, to, insert } of change) {
    if (position < from || (position === from && side === "left")) break;
    if (position < to) return from + shift + insert.length;
    shift += insert.length - (to - from);
  }
  return position + shift;
}

/** Where a position in the text after a change lay before it; inside of inserted text: where that was put. */
export function mapPositionBack(position, change) {
  let shift = 0;
  for (const { from, to, insert } of change) {
    const start = from + shift;
    if (position <= start) break;
    if (position < start + insert.length) return from;
    shift += insert.length - (to - from);
  }
  return position - shift;
}

/** The ranges [from, to] that a change has put into the text afterwards; empty ones where it only deletes. */
export function changedRanges(change) {
  let shift = 0;
  return change.map(({ from, to, insert }) => {
    const start = from + shift;
    shift += insert.length - (to - from);
    return [start, start + insert.length];
  });
}

/** The change that leads from one text to another in one place; it begins and ends inside of no surrogate pair. */
export function difference(old, now) {
  if (old === now) return [];
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old.charCodeAt(start) === now.charCodeAt(start)) start++;
  if (start > 0 && isHighSurrogate(old.charCodeAt(start - 1))) start--;
  let end = 0;
  while (end < shorter - start && old.charCodeAt(old.length - 1 - end) === now.charCodeAt(now.length - 1 - end)) end++;
  if (end > 0 && isLowSurrogate(old.charCodeAt(old.length - end))) end--;
  return [{ from: start, to: old.length - end, insert: now.slice(start, now.length - end) }];
}

/** How many bytes of UTF-8 a text has: limits are told in them. */
export const bytes = (text) => new TextEncoder().encode(text).length;

export const isHighSurrogate = (unit) => (unit & 0xfc00) === 0xd800;
export const isLowSurrogate = (unit) => (unit & 0xfc00) === 0xdc00;

const KEEP = "keep";
const DELETE = "delete";
const INSERT = "insert";

/** Reads a change from left to right as units kept, inserted and deleted; what follows the last replacement is kept. */
class Reader {
  #steps = [];
  #index = 0;

  constructor(change) {
    let at = 0;
    for (const { from, to, insert } of change) {
      if (from > at) this.#steps.push({ kind: KEEP, length: from - at });
      if (insert) this.#steps.push({ kind: INSERT, length: insert.length, text: insert });
      if (to > from) this.#steps.push({ kind: DELETE, length: to - from });
      at = to;
    }
    this.#steps.push({ kind: KEEP, length: Infinity });
  }

  get kind() {
    return this.#steps[this.#index].kind;
  }

  get length() {
    return this.#steps[this.#index].length;
  }

  get isAtEnd() {
    return this.#index === this.#steps.length - 1;
  }

  /** Takes so many units of the step, or all; returns their text when they are inserted, else their number. */
  take(count = this.length) {
    const step = this.#steps[this.#index];
    if (step.kind === INSERT) {
      const text = step.text.slice(0, count);
      step.text = step.text.slice(count);
      step.length -= count;
      if (step.length === 0) this.#index++;
      return text;
    }
    step.length -= count;
    if (step.length === 0) this.#index++;
    return count;
  }
}

/** Puts a change together from left to right; what touches becomes one replacement. */
class Builder {
  #change = [];
  #position = 0;
  #deleted = 0;
  #inserted = "";

  keep(count) {
    if (count === 0) return;
    this.#close();
    this.#position += count;
  }

  delete(count) {
    this.#deleted += count;
  }

  insert(text) {
    this.#inserted += text;
  }

  finish() {
    this.#close();
    return this.#change;
  }

  #close() {
    if (this.#deleted === 0 && this.#inserted === "") return;
    const end = this.#position + this.#deleted;
    this.#change.push({ from: this.#position, to: end, insert: this.#inserted });
    this.#position = end;
    this.#deleted = 0;
    this.#inserted = "";
  }
}
