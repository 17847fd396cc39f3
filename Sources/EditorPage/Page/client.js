import { Replica } from "./replica.js";
import { obstacleTo, socketOf } from "./rooms.js";

/**
 * A room over a connection that is made again whenever it breaks.
 *
 * The listener has `change(change, author)`, `giveUp(change, text)`, `refuse(reason, detail, text)` and
 * `resent(authors)`, see `Replica`; `joined()`, `presence()`, and `status()` whenever something of what is below may
 * have changed.
 */
export class RoomClient {
  /** `connecting`, `connected`, `reconnecting`, `offline` or `ended`. */
  state = "connecting";
  /** Why the last connection ended: { code, reason }; nothing while one is good. */
  end;
  /** Why WebSockets cannot be opened, as `obstacleTo` tells it; nothing while they can, or nobody answers. */
  obstacle;
  /** When the next attempt is made, in the milliseconds of `Date.now()`. */
  nextAttempt;

  #id;
  #listener;
  #socket;
  #attempts = 0;
  #attemptTimer;
  /** How many connections in a row were not opened. */
  #unopened = 0;
  #keepTimer;
  /** Since when an edit is in flight and nothing at all has come from the server. */
  #waitsSince;
  /** When something came from the server last, and since when it is asked whether it is there. */
  #heardAt;
  #asksSince;
  #goingOut;
  #unsavedSince;
  #question;
  #questionCount = 0;

  constructor(id, listener) {
    this.#id = id;
    this.#listener = listener;
    this.replica = this.#makeReplica();
  }

  #makeReplica() {
    const listener = this.#listener;
    return new Replica({
      send: (message) => this.send(message),
      change: (change, author) => listener.change(change, author),
      giveUp: (change, text) => listener.giveUp(change, text),
      retry: () => setTimeout(() => this.#update(() => this.replica.resume()), RETRY_PAUSE),
      reconnect: () => this.#reopen(),
      refuse: (...why) => listener.refuse(...why),
      resent: (authors) => listener.resent(authors),
    }, `${Math.random().toString(36).slice(2, 10)}-`);
  }

  /** Opens the room; with what an earlier page of this window left unsent, if it did. */
  open() {
    this.#restore(takeKept(this.#id));
    this.#connect();
    setInterval(() => this.#watch(), 1000);
    addEventListener("online", () => this.retryNow());
    // Another way to the server may be left, as to one on this machine: the next attempt tells.
    addEventListener("offline", () => this.state === "connected" && this.#reopen());
    addEventListener("pagehide", () => this.#keep());
  }

  /** Goes on from a snapshot; from nothing when it is damaged. */
  #restore(snapshot) {
    if (!snapshot) return;
    try {
      this.replica.restore(snapshot);
    } catch {
      this.replica = this.#makeReplica();
    }
  }

  edit(change) {
    this.#update(() => this.replica.edit(change));
  }

  takeTheirs() {
    this.#update(() => this.replica.takeTheirs());
  }

  putMineAgain() {
    this.#update(() => this.replica.putMineAgain());
  }

  /** Sends a message, if there is a connection. */
  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** What to insert at a place of the server's text; nothing when another question or an edit comes in between. */
  complete(position) {
    this.#question?.answer(undefined);
    const id = `q${++this.#questionCount}`;
    return new Promise((answer) => {
      this.#question = { id, answer };
      this.send({ type: "complete", id, position, revision: this.replica.revision });
    });
  }

  /** Tries to connect right now, if it would be tried later. */
  retryNow() {
    if (!this.#attemptTimer) return;
    this.#attempts = 0;
    this.#connect();
  }

  /** How what the user did is kept: `saved`, `saving`, `late` if that takes long, `stuck`, `conflict` or `unsaved`. */
  get keeping() {
    const { replica } = this;
    if (replica.conflict) return "conflict";
    if (this.#isSaved) return "saved";
    if (this.state !== "connected") return "unsaved";
    if (replica.trouble === "storage_unavailable") return "stuck";
    return Date.now() - this.#unsavedSince > LATE ? "late" : "saving";
  }

  get #isSaved() {
    return this.replica.isIdle && this.replica.savedRevision >= this.replica.revision;
  }

  // MARK: The connection

  #connect() {
    clearTimeout(this.#attemptTimer);
    this.#attemptTimer = undefined;
    const socket = new WebSocket(socketOf(this.#id, this.replica.resumption), PROTOCOL);
    this.#socket = socket;
    let hasOpened = false;
    socket.onopen = () => {
      hasOpened = true;
      this.#unopened = 0;
      this.obstacle = undefined;
    };
    socket.onmessage = ({ data }) => socket === this.#socket && this.#receive(JSON.parse(data));
    socket.onclose = ({ code, reason }) => {
      if (socket !== this.#socket) return;
      this.#didClose(code, reason);
      if (!hasOpened) this.#askWhy(++this.#unopened);
    };
    // One that hangs is as good as none; but the first message may be long, and the way narrow.
    setTimeout(() => socket.readyState === WebSocket.CONNECTING && socket.close(), PATIENCE);
    setTimeout(() => socket === this.#socket && !this.replica.isJoined && socket.close(), 6 * PATIENCE);
  }

  #receive(message) {
    const wasJoined = this.replica.isJoined;
    this.#heardAt = Date.now();
    this.#waitsSince = this.#asksSince = undefined;
    this.#update(() => this.replica.receive(message));
    if (this.replica.isJoined && !wasJoined) {
      this.#attempts = 0;
      this.end = undefined;
      this.#setState("connected");
      this.#listener.joined();
    }
    if (message.members) this.#listener.presence();
    if (message.type === "completion" && message.id === this.#question?.id) {
      this.#question.answer(message.suggestion);
      this.#question = undefined;
    }
  }

  #didClose(code, reason) {
    this.replica.didDisconnect();
    this.#waitsSince = this.#asksSince = undefined;
    this.#question?.answer(undefined);
    this.#question = undefined;
    if (code !== NO_STATUS) this.end = { code, reason };
    if (isFinal(code)) {
      this.#socket = undefined;
      return this.#setState("ended");
    }
    this.#attempts++;
    const least = code === OVERLOADED ? 5000 : 500;
    const delay = Math.min(least * 2 ** Math.min(this.#attempts - 1, 5), 10_000) * (0.5 + Math.random() / 2);
    this.nextAttempt = Date.now() + delay;
    this.#attemptTimer = setTimeout(() => this.#connect(), delay);
    this.#setState(navigator.onLine && this.#attempts < 4 ? "reconnecting" : "offline");
  }

  /** Finds out why a connection was not opened, for so many times now. */
  async #askWhy(times) {
    const obstacle = await obstacleTo(this.#id);
    if (times !== this.#unopened) return;
    // A server that has just come back would answer as one whose answers to handshakes are lost on their way.
    const isSure = obstacle?.status !== UPGRADE_REQUIRED || times > 1;
    this.obstacle = isSure ? obstacle : undefined;
    this.#tell();
  }

  /** Gives the present connection up for a new one. */
  #reopen() {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    this.#didClose(NO_STATUS, "");
  }

  /** Puts aside what is not sent; but not what would end the next connection too, or goes on in another window. */
  #keep() {
    const isUseless = this.state === "ended" && ![4404, 4413].includes(this.end?.code);
    keep(this.#id, isUseless ? undefined : this.replica.snapshot);
  }

  #setState(state) {
    this.state = state;
    this.#tell();
  }

  /** Once a second: whether the server still answers, and how long what was done has not been saved. */
  #watch() {
    // While something is still going out, the way is narrow and not closed.
    const goingOut = this.#socket?.bufferedAmount;
    if (goingOut !== this.#goingOut && this.#waitsSince) this.#waitsSince = Date.now();
    this.#goingOut = goingOut;
    const now = Date.now();
    if (this.state === "connected") {
      if (now - (this.#waitsSince ?? this.#asksSince) > PATIENCE) this.#reopen();
      else if (now - this.#heardAt > SILENCE && !this.#asksSince) {
        // Nobody does anything, or the connection is dead. What the server does not know, it answers.
        this.#asksSince = now;
        this.send({ type: "ping" });
      }
    }
    this.#tell();
  }

  // MARK: What is noticed of the replica

  #update(act) {
    act();
    const waits = this.replica.isInFlight && this.replica.isJoined;
    this.#waitsSince = waits ? this.#waitsSince ?? Date.now() : undefined;
    this.#tell();
  }

  #tell() {
    this.#unsavedSince = this.#isSaved ? undefined : this.#unsavedSince ?? Date.now();
    if (!this.#keepTimer) {
      this.#keepTimer = setTimeout(() => {
        this.#keepTimer = undefined;
        this.#keep();
      }, KEEP_PAUSE);
    }
    this.#listener.status();
  }
}

const PROTOCOL = "pairloom.v1";
const NO_STATUS = 1006;
const OVERLOADED = 1013;
/** The status of an answer to a plain request where a WebSocket could have been opened. */
const UPGRADE_REQUIRED = 426;
/** How many milliseconds an answer may take before the connection is taken for dead. */
const PATIENCE = 10_000;
/** After how many milliseconds without a word the server is asked whether it is there. */
const SILENCE = 20_000;
/** After how many milliseconds an edit is sent again that the server could not take just now. */
const RETRY_PAUSE = 1000;
/** After how many milliseconds "saving" is no longer the whole truth. */
const LATE = 4000;
/** How often what is not sent is put aside, in milliseconds. */
const KEEP_PAUSE = 300;

/** Whether the same would happen again at the next attempt. */
function isFinal(code) {
  return [1002, 1003, 1007, 1009].includes(code) || (code >= 4400 && code < 4500);
}

// What is not sent yet outlives a reload of the page, and a crash of the window; not more, or two windows would both
// send it.

function takeKept(id) {
  try {
    const kept = sessionStorage.getItem(keyOf(id));
    sessionStorage.removeItem(keyOf(id));
    return kept && JSON.parse(kept);
  } catch {
    return undefined; // The browser keeps nothing for us.
  }
}

function keep(id, snapshot) {
  try {
    if (snapshot) sessionStorage.setItem(keyOf(id), JSON.stringify(snapshot));
    else sessionStorage.removeItem(keyOf(id));
  } catch {
    // Too large, or forbidden: the page asks before it is left, as well.
  }
}

const keyOf = (id) => `pairloom.unsent.${id}`;
