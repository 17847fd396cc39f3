import assert from "node:assert/strict";
import { test } from "node:test";
import { apply } from "../../Sources/EditorPage/Page/change.js";
import { UndoHistory } from "../../Sources/EditorPage/Page/undo.js";
import { forSeeds } from "./random.mjs";

/** A text, one person's history of it, and others who change it. */
class Desk {
  history = new UndoHistory();
  time = 0;

  constructor(text) {
    this.text = text;
  }

  type(change, kind = "+input", pause = 5000) {
    this.time += pause;
    this.history.record(change, this.text, kind, this.time);
    this.text = apply(this.text, change);
  }

  other(change) {
    this.history.rebase(change);
    this.text = apply(this.text, change);
  }

  undo() {
    return this.#move(this.history.undo(this.text));
  }

  redo() {
    return this.#move(this.history.redo(this.text));
  }

  #move(change) {
    if (change) this.text = apply(this.text, change);
    return Boolean(change);
  }
}

const insert = (at, text) => [{ from: at, to: at, insert: text }];

test("everything is taken back and made again", () => forSeeds(500, (random) => {
  const desk = new Desk(random.text());
  const before = desk.text;
  for (let count = 0; count < 8; count++) desk.type(random.change(desk.text), "paste");
  const after = desk.text;
  while (desk.undo());
  assert.equal(desk.text, before);
  while (desk.redo());
  assert.equal(desk.text, after);
}));

test("what others type before, between and behind stays", () => {
  const desk = new Desk("ab");
  desk.type(insert(1, "mine"));
  desk.other(insert(0, "<"));
  desk.other(insert(4, "THEIRS"));
  desk.other(insert(desk.text.length, ">"));
  assert.equal(desk.text, "<amiTHEIRSneb>");
  desk.undo();
  assert.equal(desk.text, "<aTHEIRSb>");
  desk.redo();
  assert.equal(desk.text, "<amiTHEIRSneb>");
});

test("no unit that others wrote goes away, and none that they deleted comes back", () => forSeeds(1000, (random) => {
  const desk = new Desk("");
  let mine = 0;
  // Mine are lower case letters, theirs are capitals.
  const someone = (letters, length) => Array.from({ length }, () => letters[random.below(letters.length)]).join("");
  for (let step = 0; step < 20; step++) {
    const at = random.below(desk.text.length + 1);
    if (random.below(2)) desk.type(insert(at, someone("abc", 1 + random.below(3))), "paste", mine++);
    else desk.other(insert(at, someone("ABC", 1 + random.below(3))));
  }
  const theirs = desk.text.replace(/[a-z]/g, "");
  while (desk.undo());
  assert.equal(desk.text, theirs);
}));

test("what I deleted and another has changed beside comes back in its place", () => {
  const desk = new Desk("one two three");
  desk.type([{ from: 4, to: 8, insert: "" }], "+delete");
  desk.other(insert(0, "zero "));
  desk.undo();
  assert.equal(desk.text, "zero one two three");
});

test("what I wrote and another has deleted does not come back", () => {
  const desk = new Desk("");
  desk.type(insert(0, "hello"));
  desk.other([{ from: 0, to: 5, insert: "" }]);
  assert.equal(desk.undo(), false);
  assert.equal(desk.text, "");
});

test("what is typed without a pause is one step, by line", () => {
  const desk = new Desk("");
  for (const [index, sign] of [..."hello"].entries()) desk.type(insert(index, sign), "+input", 100);
  desk.type(insert(5, "\n"), "+input", 100);
  for (const [index, sign] of [..."you"].entries()) desk.type(insert(6 + index, sign), "+input", 100);
  desk.undo();
  assert.equal(desk.text, "hello");
  desk.undo();
  assert.equal(desk.text, "");
  assert.equal(desk.undo(), false);
});

test("a pause, another place and another kind each begin a step", () => {
  const desk = new Desk("....");
  desk.type(insert(4, "a"), "+input", 100);
  desk.type(insert(5, "b"), "+input", 2000);
  desk.type(insert(0, "c"), "+input", 100);
  desk.type([{ from: 0, to: 1, insert: "" }], "+delete", 100);
  const texts = [];
  while (desk.undo()) texts.push(desk.text);
  assert.deepEqual(texts, ["c....ab", "....ab", "....a", "...."]);
});

test("typing ends what could be made again", () => {
  const desk = new Desk("");
  desk.type(insert(0, "a"));
  desk.undo();
  desk.type(insert(0, "b"));
  assert.equal(desk.redo(), false);
  assert.equal(desk.text, "b");
});
