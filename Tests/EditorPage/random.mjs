// Random texts and changes, the same for the same seed.

const WORDS = ["a", "b", "\n", "xyz", " ", "🧵", "é", "\r\n", "中"];

export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 up to, but not including, `bound` (mulberry32). */
  below(bound) {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  }

  text(most = 12) {
    return Array.from({ length: this.below(most) }, () => WORDS[this.below(WORDS.length)]).join("");
  }

  /** A change of a text in normal form: sorted, apart, nothing empty, no surrogate pair split. */
  change(text, most = 3) {
    const signs = [...text];
    const change = [];
    let sign = 0;
    let at = 0;
    for (let count = this.below(most + 1); count > 0 && sign <= signs.length; count--) {
      const skipped = this.below(signs.length - sign + 1);
      at += signs.slice(sign, sign + skipped).join("").length;
      sign += skipped;
      const removed = signs.slice(sign, sign + this.below(4)).join("");
      const insert = this.below(3) ? this.text(3) : "";
      if (removed || insert) change.push({ from: at, to: at + removed.length, insert });
      sign += [...removed].length + 1;
      at += removed.length + (signs[sign - 1]?.length ?? 0);
    }
    return change;
  }
}

/** Runs a check for many seeds, and tells the one that fails. */
export function forSeeds(count, check) {
  for (let seed = 1; seed <= count; seed++) {
    try {
      check(new Random(seed));
    } catch (error) {
      error.message = `seed ${seed}: ${error.message}`;
      throw error;
    }
  }
}
