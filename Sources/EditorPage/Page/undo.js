import { compose, invert, transform } from "./change.js";

/**
 * What one person can take back of their own work, while others change the text around it.
 *
 * Each step is the change that takes one of the person's edits back, made on the text that is left when the steps above
 * it are taken. A change of somebody else moves all of them along, so taking one back never touches the others' work.
 */
export class UndoHistory {
  #done = [];
  #undone = [];
  #isOpen = false;
  #last = { time: -Infinity, kind: "" };

  /**
   * Notes an edit of the person. What is typed without a pause is one step.
   *
   * @param change the edit, made on `text`
   * @param kind what was done, such as "+input"; those that begin with + or * join the step before when they are alike
   * @param time in milliseconds
   */
  record(change, text, kind, time) {
    const inverse = invert(change, text);
    const top = this.#done.at(-1);
    if (top && this.#isOpen && this.#continues(change, top, kind, time)) {
      this.#done[this.#done.length - 1] = compose(inverse, top);
    } else {
      this.#done.push(inverse);
      if (this.#done.length > LIMIT) this.#done.shift();
    }
    this.#undone = [];
    this.#isOpen = true;
    this.#last = { time, kind };
  }

  /** Moves everything along with a change that somebody else made to the text. */
  rebase(change) {
    rebase(this.#done, change);
    rebase(this.#undone, change);
  }

  /** The change that takes the newest step back, to be made on `text`; nothing when there is none. */
  undo(text) {
    return this.#move(this.#done, this.#undone, text);
  }

  /** The change that makes again what was taken back last; nothing when there is none. */
  redo(text) {
    return this.#move(this.#undone, this.#done, text);
  }

  #move(from, to, text) {
    this.#isOpen = false;
    // A step of which others have left nothing is none.
    while (from.at(-1)?.length === 0) from.pop();
    const change = from.pop();
    if (change) to.push(invert(change, text));
    return change;
  }

  /** Whether an edit goes on where the newest step ends. */
  #continues(change, top, kind, time) {
    // The steps of an input method, which begin with a star, are one however long somebody looks for the sign.
    const rests = !kind.startsWith("*") && time - this.#last.time > PAUSE;
    if (!/^[+*]/.test(kind) || kind !== this.#last.kind || rests) return false;
    if (change.length !== 1 || top.length !== 1 || change[0].insert.includes("\n")) return false;
    return change[0].from <= top[0].to && change[0].to >= top[0].from;
  }
}

/** How many steps are kept. */
const LIMIT = 500;
/** After how many milliseconds of rest a new step begins. */
const PAUSE = 1000;

function rebase(steps, change) {
  let over = change;
  for (let index = steps.length - 1; index >= 0 && over.length > 0; index--) {
    const step = steps[index];
    steps[index] = transform(step, over);
    over = transform(over, step, "left");
  }
}
