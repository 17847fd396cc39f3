import { apply, compose, difference, invert, transform } from "../../Sources/EditorPage/Page/change.js";
import { Replica } from "../../Sources/EditorPage/Page/replica.js";

/** A server of one room by the rules of docs/protocol.md, and the connections of its clients. */
export class SimulatedServer {
  text;
  log = [];
  /** Why edits are refused at present, whatever they are. */
  trouble;
  #first = 0;
  #policy;
  #answers = new Map();
  #clients = [];
  #sessions = 0;
  #known = new Set();

  constructor(text, policy) {
    this.text = text;
    this.#policy = policy;
  }

  get revision() {
    return this.#first + this.log.length;
  }

  add() {
    const client = new SimulatedClient(this);
    this.#clients.push(client);
    return client;
  }

  /** Begins anew from the text that stands, as after a restart: only the names of edits are still known. */
  restart() {
    for (const client of this.#clients) client.disconnect();
    this.#first = this.revision;
    this.log = [];
    this.#known.clear();
  }

  welcome(client, resumption) {
    client.id = resumption?.session ?? `s${++this.#sessions}`;
    const goesOn = resumption && this.#known.has(client.id) && resumption.revision >= this.#first;
    this.#known.add(client.id);
    const start = goesOn
      ? { type: "resumed", edits: this.#since(resumption.revision) } : { type: "welcome", code: this.text };
    const members = [{ clientId: client.id, name: null, color: null, cursor: null }];
    client.deliver({
      ...start, clientId: client.id, session: client.id, revision: this.revision, saved: this.revision,
      language: "python", policy: this.#policy, limits: {}, members,
    });
  }

  receive(client, { id, revision, changes }) {
    const name = `${client.id}:${id}`;
    if (this.#answers.has(name)) return client.deliver({ type: "ack", id, revision: this.#answers.get(name) });
    if (this.trouble) {
      return client.deliver({ type: "rejected", id, reason: this.trouble, revision: this.revision });
    }
    const isStale = revision < this.revision;
    if (isStale && (this.#policy === "version-checked" || revision < this.#first)) {
      return client.deliver({ type: "rejected", id, reason: "conflict", revision: this.revision });
    }
    let change = changes;
    if (isStale && this.#policy === "merge") {
      for (const { changes: logged } of this.#since(revision)) change = transform(change, logged);
    } else if (isStale) {
      change = difference(this.text, apply(this.#textAt(revision), changes));
    }
    if (change.length > 0) this.#commit(client, change);
    this.#answers.set(name, this.revision);
    const overwrites = isStale && this.#policy === "last-write-wins";
    client.deliver({ type: "ack", id, revision: this.revision, ...(overwrites && { resync: true }) });
    if (overwrites) client.deliver({ type: "resync", revision: this.revision, code: this.text });
  }

  #commit(author, changes) {
    this.log.push({ author: author.id, changes, inverse: invert(changes, this.text) });
    this.text = apply(this.text, changes);
    for (const client of this.#clients) {
      if (client !== author) client.deliver({ type: "edit", revision: this.revision, author: author.id, changes });
    }
  }

  #since(revision) {
    return this.log.slice(revision - this.#first).map(({ author, changes }, index) => (
      { revision: revision + 1 + index, author, changes }));
  }

  #textAt(revision) {
    return this.log.slice(revision - this.#first).reduceRight((text, { inverse }) => apply(text, inverse), this.text);
  }
}

/** A replica, what its user sees, and what is under way between it and the server. */
export class SimulatedClient {
  /** The text of the editor, which hears of changes alone. */
  shown = "";
  refused = [];
  conflicts = 0;
  #server;
  #up;
  #down;
  #mustRetry = false;

  constructor(server) {
    this.#server = server;
    this.replica = new Replica({
      send: (message) => this.#up?.push(structuredClone(message)),
      change: (change) => (this.shown = apply(this.shown, change)),
      giveUp: (change) => (this.shown = apply(this.shown, change)),
      retry: () => (this.#mustRetry = true),
      reconnect: () => this.disconnect(),
      refuse: (...why) => this.refused.push(why),
      resent: () => {},
    });
  }

  get isConnected() {
    return this.#down !== undefined;
  }

  edit(change) {
    this.shown = apply(this.shown, change);
    this.replica.edit(change);
  }

  connect() {
    [this.#up, this.#down] = [[], []];
    this.#server.welcome(this, this.replica.resumption);
  }

  /** Loses all that is under way. */
  disconnect() {
    this.#up = this.#down = undefined;
    this.replica.didDisconnect();
  }

  deliver(message) {
    this.#down?.push(structuredClone(message));
  }

  /** Lets the server have the next message of the client's. */
  sendOne() {
    const message = this.#up?.shift();
    if (message) this.#server.receive(this, message);
    return Boolean(message);
  }

  /** Lets the client have the next message of the server's. */
  receiveOne() {
    if (this.#mustRetry) {
      this.#mustRetry = false;
      this.replica.resume();
    }
    const message = this.#down?.shift();
    if (!message) return false;
    const hadConflict = Boolean(this.replica.conflict);
    this.replica.receive(message);
    if (this.replica.conflict && !hadConflict) this.conflicts++;
    return true;
  }
}

/** Lets everything under way arrive, and everybody be connected, until nothing is left to be said. */
export function settle(clients) {
  for (let round = 0; round < 1000; round++) {
    let isBusy = false;
    for (const client of clients) {
      if (!client.isConnected) {
        client.connect();
        isBusy = true;
      }
      while (client.sendOne()) isBusy = true;
      while (client.receiveOne()) isBusy = true;
    }
    if (!isBusy && clients.every(({ replica }) => replica.isIdle || replica.conflict)) return;
  }
  throw new Error("the clients never come to rest");
}
