// Two editors in one room, over Node's `ws`: `two_clients.js HOST:PORT`. Exits with 0 if all went well.
"use strict";

const assert = require("node:assert");
const WebSocket = require("ws");

const address = process.argv[2];
const text = "print('🧵 e\u0301 \u{1d54f}')\r\n# end";

setTimeout(() => {
  console.error("waited 10 s in vain");
  process.exit(1);
}, 10_000).unref();

class Editor {
  constructor(room) {
    this.messages = [];
    this.readers = [];
    this.socket = new WebSocket(`ws://${address}/ws/${room}`);
    this.socket.on("message", (data) => {
      const reader = this.readers.shift();
      const message = JSON.parse(data);
      if (reader) reader(message);
      else this.messages.push(message);
    });
  }

  receive() {
    if (this.messages.length > 0) return Promise.resolve(this.messages.shift());
    return new Promise((resolve) => this.readers.push(resolve));
  }

  send(message) {
    this.socket.send(JSON.stringify(message));
  }

  // What has arrived, or arrives before the server answers a ping sent now.
  heardUntilNow() {
    return new Promise((resolve) => {
      this.socket.once("pong", () => resolve(this.messages));
      this.socket.ping();
    });
  }

  close() {
    return new Promise((resolve) => {
      this.socket.once("close", resolve);
      this.socket.close(1000);
    });
  }
}

async function session() {
  const created = await fetch(`http://${address}/rooms`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code: "start", language: "python" }),
  });
  const room = (await created.json()).roomId;
  const alice = new Editor(room);
  const bob = new Editor(room);
  const welcome = { type: "code_update", code: "start", revision: 0 };
  assert.deepStrictEqual(await alice.receive(), welcome);
  assert.deepStrictEqual(await bob.receive(), welcome);

  alice.send({ type: "code_update", code: text });
  const update = await bob.receive();
  assert.deepStrictEqual(update, { type: "code_update", code: text, revision: 1 });
  assert.deepStrictEqual(await alice.heardUntilNow(), []);

  // A naive editor sends back what it has just been given.
  bob.send(update);
  assert.deepStrictEqual(await bob.heardUntilNow(), []);
  assert.deepStrictEqual(await alice.heardUntilNow(), []);

  const stored = await (await fetch(`http://${address}/rooms/${room}`)).json();
  assert.strictEqual(stored.code, text);
  assert.strictEqual(stored.revision, 1);
  assert.strictEqual(await alice.close(), 1000);
  assert.strictEqual(await bob.close(), 1000);
}

session().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
