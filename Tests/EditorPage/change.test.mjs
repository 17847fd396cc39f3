import assert from "node:assert/strict";
import { test } from "node:test";
import {
  apply, changedRanges, compose, difference, invert, mapPosition, mapPositionBack, transform,
} from "../../Sources/EditorPage/Page/change.js";
import { forSeeds } from "./random.mjs";

const isWellFormed = (text) => !/\p{Surrogate}/u.test(text);
const isNormal = (change) => change.every(({ from, to, insert }, index) =>
  from <= to && (to > from || insert !== "") && (index === 0 || from > change[index - 1].to));

test("a composed change does what the two do one after the other", () => forSeeds(3000, (random) => {
  const text = random.text();
  const first = random.change(text);
  const second = random.change(apply(text, first));
  const both = compose(first, second);
  assert.equal(apply(text, both), apply(apply(text, first), second));
  assert.ok(isNormal(both), JSON.stringify(both));
}));

test("composition is associative", () => forSeeds(2000, (random) => {
  const text = random.text();
  const a = random.change(text);
  const b = random.change(apply(text, a));
  const c = random.change(apply(apply(text, a), b));
  assert.deepEqual(compose(compose(a, b), c), compose(a, compose(b, c)));
}));

test("two changes of one text, each transformed over the other, lead to the same text", () => forSeeds(5000, (random) => {
  const text = random.text();
  const [logged, mine] = [random.change(text), random.change(text)];
  const later = transform(mine, logged);
  const earlier = transform(logged, mine, "left");
  assert.equal(apply(apply(text, logged), later), apply(apply(text, mine), earlier));
  assert.ok(isNormal(later) && isNormal(earlier));
}));

test("of two insertions at one place, the one in the log stands left", () => {
  const here = (insert) => [{ from: 1, to: 1, insert }];
  assert.deepEqual(transform(here("mine"), here("theirs")), [{ from: 7, to: 7, insert: "mine" }]);
  assert.deepEqual(transform(here("theirs"), here("mine"), "left"), [{ from: 1, to: 1, insert: "theirs" }]);
});

test("what is inserted inside of what another deletes stays", () => {
  const deletion = [{ from: 1, to: 5, insert: "" }];
  assert.deepEqual(transform([{ from: 3, to: 3, insert: "x" }], deletion), [{ from: 1, to: 1, insert: "x" }]);
  assert.deepEqual(
    transform(deletion, [{ from: 3, to: 3, insert: "x" }]),
    [{ from: 1, to: 3, insert: "" }, { from: 4, to: 6, insert: "" }]);
});

test("an inverted change takes the change back", () => forSeeds(2000, (random) => {
  const text = random.text();
  const change = random.change(text);
  assert.equal(apply(apply(text, change), invert(change, text)), text);
}));

test("a difference leads from one text to the other, and splits no pair", () => forSeeds(3000, (random) => {
  const [old, now] = [random.text(), random.text()];
  const change = difference(old, now);
  assert.equal(apply(old, change), now);
  for (const { from, to, insert } of change) {
    assert.ok([insert, old.slice(0, from), old.slice(to)].every(isWellFormed));
  }
}));

test("pairs that share a half are replaced whole", () => {
  assert.deepEqual(difference("\u{1F600}", "\u{1F601}"), [{ from: 0, to: 2, insert: "\u{1F601}" }]);
  assert.deepEqual(difference("\u{1F600}", "\u{1FA00}"), [{ from: 0, to: 2, insert: "\u{1FA00}" }]);
});

test("a position goes where text inserted there would go", () => forSeeds(3000, (random) => {
  const text = random.text() + "ab";
  const change = random.change(text);
  const position = random.below(text.length + 1);
  const [insertion] = transform([{ from: position, to: position, insert: "!" }], change);
  assert.equal(mapPosition(position, change), insertion.from);
}));

test("a position that a change keeps is found again, there and back", () => forSeeds(3000, (random) => {
  const text = random.text();
  const change = random.change(text);
  for (let position = 0; position <= text.length; position++) {
    if (change.some(({ from, to }) => from <= position && position <= to)) continue;
    assert.equal(mapPositionBack(mapPosition(position, change), change), position);
  }
}));

test("the changed ranges hold what was inserted", () => forSeeds(1000, (random) => {
  const text = random.text();
  const change = random.change(text);
  const after = apply(text, change);
  assert.deepEqual(changedRanges(change).map(([from, to]) => after.slice(from, to)), change.map(({ insert }) => insert));
}));
