#!/usr/bin/env node
// Joins a room and types into it. Run it in two terminals at once, and watch both texts become one.
"use strict";

const { parseArgs } = require("node:util");
const { connect } = require("./pairloom.js");

const help = `usage: node type.js URL ROOM "words to type" [--delay MS]

Joins ROOM of the server at URL, for example http://localhost:8000, and types the words on a line of its own.
With "new" for ROOM it makes one, and says its id. Ends when the server has saved all of it.

  --delay MS   how long to wait before each character, 80 unless told
  --help       shows this`;

// Node has a WebSocket of its own since version 22. Before, the package ws has one; Debian keeps it in its own folder.
function findWebSocket() {
  if (globalThis.WebSocket) return globalThis.WebSocket;
  for (const place of ["ws", "/usr/share/nodejs/ws"]) {
    try {
      return require(place);
    } catch (error) {
      if (error.code !== "MODULE_NOT_FOUND") throw error;
    }
  }
  throw new Error("Node before 22 needs the package ws: `apt install node-ws` (Debian, Ubuntu) or `npm install ws`");
}

async function ask(server, path, method) {
  const response = await fetch(new URL(path, server), { method }).catch((error) => {
    throw new Error(`${server} cannot be reached: ${error.cause?.message ?? error.message}`);
  });
  const body = await response.json();
  if (!response.ok) throw new Error(`the server says: ${body.detail}`);
  return body;
}

async function createRoom(server) {
  const { roomId } = await ask(server, "rooms", "POST");
  console.log(`room ${roomId}`);
  return roomId;
}

// The id of the room, which is there.
async function findRoom(server, id) {
  await ask(server, `rooms/${encodeURIComponent(id)}`, "GET");
  return id;
}

// Shows the text in place on a terminal, and else as one line for every change.
class View {
  height = 0;

  show(text) {
    if (!process.stdout.isTTY) return console.log(JSON.stringify(text));
    const width = process.stdout.columns || 80;
    const lines = text.split("\n").slice(-(process.stdout.rows || 24) + 1).map((line) => line.slice(0, width - 1));
    const up = this.height > 0 ? `\x1b[${this.height}A` : "";
    process.stdout.write(`${up}\r\x1b[J${lines.join("\n")}\n`);
    this.height = lines.length;
  }
}

// Where a cursor goes when others change the text: what they insert right there comes before it.
function moved(cursor, changes) {
  return changes.reduce(
    (now, { from, to, insert }) => (from <= cursor ? now + insert.length + from - Math.min(to, cursor) : now), cursor);
}

class Typist {
  constructor(words, delay) {
    this.signs = [...words];
    this.delay = delay;
    this.view = new View();
    this.saved = -1; // the newest revision that the store has
    this.acknowledged = -1; // that of our last edit
  }

  // Types all of the words, and ends when they are saved.
  run(url, WebSocket) {
    return new Promise((resolve, reject) => {
      this.finish = resolve;
      this.fail = reject;
      this.editor = connect(url, {
        WebSocket,
        onChange: (text, changes) => {
          if (this.cursor !== undefined) this.cursor = moved(this.cursor, changes);
          this.view.show(text);
        },
        onMessage: (message) => this.read(message),
        onClose: (code) => this.fail(new Error(`the server closed the connection for good, with ${code}`)),
      });
    });
  }

  read(message) {
    if (message.type === "welcome") this.start();
    if (message.type === "ack") this.acknowledged = message.revision;
    // A later welcome comes from a server that was away, and has read this text from its store.
    if (message.type === "saved" || message.type === "welcome") this.saved = message.revision;
    if (["invalid", "too_large"].includes(message.reason)) this.fail(new Error(message.detail ?? message.reason));
    this.endIfDone();
  }

  // Makes a line when the first welcome comes, and types before its end: two who start at once do not mix their words.
  start() {
    if (this.cursor !== undefined) return;
    const { text } = this.editor;
    const line = text === "" || text.endsWith("\n") ? "\n" : "\n\n";
    this.cursor = text.length + line.length - 1;
    this.editor.edit([{ from: text.length, to: text.length, insert: line }]);
    this.timer = setInterval(() => this.typeNext(), this.delay);
  }

  typeNext() {
    const insert = this.signs.shift();
    if (insert === undefined) return this.endIfDone();
    this.editor.edit([{ from: this.cursor, to: this.cursor, insert }]);
    this.cursor += insert.length;
    this.view.show(this.editor.text);
  }

  endIfDone() {
    if (this.signs.length > 0 || this.editor.isPending || this.saved < this.acknowledged) return;
    clearInterval(this.timer);
    const { text } = this.editor;
    this.editor.close();
    this.finish(text);
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { delay: { type: "string", default: "80" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(help);
  const [address, name, words] = positionals;
  const delay = Number(values.delay);
  if (positionals.length !== 3 || !(delay >= 0)) throw new Error(`three arguments and a delay are needed\n\n${help}`);
  const server = new URL(address.endsWith("/") ? address : `${address}/`);
  const WebSocket = findWebSocket();
  const room = name === "new" ? await createRoom(server) : await findRoom(server, name);
  const url = new URL(`ws/${encodeURIComponent(room)}`, server);
  url.protocol = server.protocol === "https:" ? "wss:" : "ws:";
  const text = await new Typist(words, delay).run(url.href, WebSocket);
  console.log(`${process.stdout.isTTY ? "" : "\n"}${text}`);
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(`type.js: ${error.message}`);
    process.exit(1);
  },
);
