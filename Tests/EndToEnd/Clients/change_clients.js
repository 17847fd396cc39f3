// Clients of the change dialect that type at random in one room, over connections that break:
// `change_clients.js HOST:PORT path/to/pairloom.js`. The server must merge. Exits with 0 if all went well.
// CLIENTS, ROUNDS and SEED in the environment say how many, how long, and which randomness to repeat.
"use strict";

const assert = require("node:assert");
const path = require("node:path");
const WebSocket = require("ws");

const [address, library] = process.argv.slice(2);
const { connect } = require(path.resolve(library));
const clientCount = Number(process.env.CLIENTS ?? 5);
const rounds = Number(process.env.ROUNDS ?? 300);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const deadline = Date.now() + 60_000;

// Mulberry32: a small generator that can be repeated.
let state = seed;
function random(limit) {
  state = (state + 0x6d2b79f5) | 0;
  let bits = Math.imul(state ^ (state >>> 15), 1 | state);
  bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
  return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * limit);
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const isInsidePair = (text, position) => position > 0 && text.codePointAt(position - 1) > 0xffff;

// Every marker is one character that is typed once and never deleted: every other one an ideograph of two code units.
const markers = [];
function nextMarker() {
  const number = markers.length;
  markers.push(String.fromCodePoint((number % 2 ? 0x20000 : 0x4e00) + (number >> 1)));
  return markers.at(-1);
}

class Typist {
  constructor(room) {
    const typist = this;
    this.socket = undefined;
    this.closed = undefined;
    this.client = connect(`ws://${address}/ws/${room}`, {
      pause: 10,
      onClose: (code) => {
        typist.closed = code;
      },
      onChange: (text, changes) => {
        for (const { from, to, insert } of changes.reverse()) {
          typist.shown = typist.shown.slice(0, from) + insert + typist.shown.slice(to);
        }
        assert.strictEqual(typist.shown, text, "onChange told another change than it made");
      },
      WebSocket: class extends WebSocket {
        constructor(...parameters) {
          super(...parameters);
          typist.socket = this;
        }
      },
    });
    this.shown = "";
  }

  act() {
    const choice = random(100);
    if (choice < 3) this.socket.terminate();
    else if (choice < 20) this.edit([this.deletion()]);
    else if (choice < 30) this.edit([this.deletion(), this.insertion(nextMarker())]);
    else if (choice < 50) this.edit([this.insertion(["ab", "🧵", "e\u0301x", "\r\n", "word "][random(5)])]);
    else this.edit([this.insertion(nextMarker())]);
  }

  // Takes one change, or two that may overlap; then the second goes to where the first begins.
  edit([first, second]) {
    const overlaps = second && second.from > first.from && second.from < first.to;
    if (overlaps) second.from = second.to = first.from;
    this.client.edit([first, second].filter(Boolean).sort((one, other) => one.to - other.to));
    this.shown = this.client.text;
  }

  insertion(insert) {
    const { text } = this.client;
    const position = random(text.length + 1);
    const from = isInsidePair(text, position) ? position - 1 : position;
    return { from, to: from, insert };
  }

  // Some of what is no marker, replaced now and then.
  deletion() {
    const words = [...this.client.text.matchAll(/[\0-\u2fff]+/g)];
    if (words.length === 0) return this.insertion("some words ");
    const word = words[random(words.length)];
    const from = word.index + random(word[0].length);
    const to = Math.min(word.index + word[0].length, from + 1 + random(4));
    return { from, to, insert: ["", "", "new", "🪡"][random(4)] };
  }
}

async function session() {
  const created = await fetch(`http://${address}/rooms`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code: "def 🧵():\r\n    pass\n" }),
  });
  const { roomId } = await created.json();
  const typists = Array.from({ length: clientCount }, () => new Typist(roomId));

  for (let round = 0; round < rounds; round++) {
    for (const typist of typists) if (random(3) > 0) typist.act();
    await wait(random(8));
  }
  await settle(typists, roomId);
  for (const typist of typists) typist.client.close();
}

// Waits until everyone has everything, then looks for every marker.
async function settle(typists, room) {
  for (;;) {
    const { code } = await (await fetch(`http://${address}/rooms/${room}`)).json();
    const closed = typists.find((typist) => typist.closed);
    assert.ok(!closed, `the server closed a connection for good, with ${closed?.closed}`);
    const isEqual = typists.map((typist) => !typist.client.isPending && typist.client.text === code);
    if (isEqual.every(Boolean)) return check(code);
    assert.ok(Date.now() < deadline, `in time only these clients got to the text of the room: ${isEqual}`);
    await wait(10);
  }
}

function check(code) {
  const counts = new Map();
  for (const sign of code) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  const lost = markers.filter((marker) => !counts.has(marker));
  const doubled = markers.filter((marker) => counts.get(marker) > 1);
  const isRight = lost.length === 0 && doubled.length === 0;
  assert.ok(isRight, `of ${markers.length} markers ${lost.length} are lost, ${doubled.length} doubled`);
  assert.ok(!counts.has("\ufffd") && !/\p{Surrogate}/u.test(code), "there is half a character in the text");
  console.log(`${typed()} in ${code.length} code units (seed ${seed})`);
}

const typed = () => `${clientCount} clients, ${rounds} rounds, ${markers.length} markers`;

session().then(
  () => process.exit(0),
  (error) => {
    console.error(`seed ${seed}:`, error);
    process.exit(1);
  },
);
