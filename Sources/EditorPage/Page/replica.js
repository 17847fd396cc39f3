import {
  apply, bytes, changedRanges, compose, difference, invert, isLowSurrogate, mapPosition, mapPositionBack, transform,
} from "./change.js";

/**
 * The page's copy of a room: the text as its user sees it, kept in step with the server by `pairloom.v1`.
 *
 * It has neither socket nor clock: it is told what the user does and what the server says, and tells its host what is
 * to be done. At most one edit is in flight; what the user does meanwhile is composed, and waits. Others' edits and the
 * pending ones are transformed over each other, and what is in the room's log stands left.
 *
 * The host has: `send(message)`; `change(change, author)` when the text has changed otherwise than by `edit`;
 * `giveUp(change, text)` when it was one's own work that was taken out of `text`;
 * `retry()` when `resume` should be called after a pause; `reconnect()` when the two sides disagree on what was said;
 * `refuse(reason, detail, text)` when an edit was taken back, with the text that was in it; `resent(authors)` when an
 * edit was refused that touches no line of the others', and was sent again.
 */
export class Replica {
  /** The text as the user sees it. */
  text = "";
  /** The room's newest revision that is known here, and everything up to which is in the store. */
  revision = 0;
  savedRevision = 0;
  clientId;
  policy;
  language;
  limits;
  members = [];
  /** Whether the server has welcomed us on the present connection. */
  isJoined = false;
  /** Why the edit in flight is held back: the server's reason, until it takes it. */
  trouble;
  /** What the user must decide before anything is sent again: who changed what meanwhile, see `#hold`. */
  conflict;

  #host;
  #session;
  #serverText = "";
  #inFlight;
  #waiting = [];
  #missed = [];
  #idPrefix;
  #editCount = 0;
  #isPausing = false;
  #awaitsResync = false;
  #insists = false;
  /** The text that the user typed last, where the server has it: { from, to, isContested }. See `#heldTogether`. */
  #run;

  /** @param idPrefix what the names of the edits begin with: another one for each page that goes on with a session */
  constructor(host, idPrefix = "") {
    this.#host = host;
    this.#idPrefix = idPrefix;
  }

  /** Whether the server has everything that the user did. */
  get isIdle() {
    return !this.#inFlight && this.#waiting.length === 0;
  }

  /** Whether an edit was sent that is not answered. */
  get isInFlight() {
    return Boolean(this.#inFlight);
  }

  /** With what the next connection asks to go on: nothing before the first welcome. */
  get resumption() {
    return this.#session && { session: this.#session, revision: this.revision };
  }

  /** What the server's text has, without the user's pending edits. */
  get serverText() {
    return this.#serverText;
  }

  /** The user's pending edits, as one change of the server's text. */
  get pending() {
    return this.#inFlight ? compose(this.#inFlight.change, this.#waiting) : this.#waiting;
  }

  // MARK: What the user does

  /** Takes an edit, made on `text`; there may be no connection. */
  edit(change) {
    if (change.length === 0) return;
    if (this.isIdle) this.#missed = [];
    this.text = apply(this.text, change);
    this.#waiting = compose(this.#waiting, change);
    this.#endIdleConflict();
    this.#sendNext();
  }

  /** Ends a conflict: the pending edits are given up, and the room's text stands. */
  takeTheirs() {
    const back = invert(this.pending, this.#serverText);
    this.#inFlight = undefined;
    this.#waiting = [];
    this.conflict = undefined;
    this.#insists = false;
    this.#giveUp(back);
  }

  /** Ends a conflict: the pending edits are made again, on the newest text. */
  putMineAgain() {
    this.conflict = undefined;
    this.#insists = !this.isIdle;
    this.#sendNext();
  }

  /** Goes on after the pause that the host was asked for. */
  resume() {
    if (!this.isJoined || !this.#isPausing) return;
    this.#isPausing = false;
    if (this.#inFlight) this.#sendInFlight();
    else this.#sendNext();
  }

  // MARK: Places

  /** Where a position in the server's text is in the user's. */
  localPosition(position) {
    return mapPosition(this.#clamp(position), this.pending);
  }

  /** Where a position in the user's text is in the server's. */
  serverPosition(position) {
    const before = mapPositionBack(position, this.#waiting);
    return this.#inFlight ? mapPositionBack(before, this.#inFlight.change) : before;
  }

  #clamp(position) {
    return Math.min(Math.max(position, 0), this.#serverText.length);
  }

  // MARK: What the server says

  /** The connection is gone; the user may go on. */
  didDisconnect() {
    this.isJoined = false;
    this.#isPausing = false;
    this.#awaitsResync = false;
  }

  /** Takes a message; whatever it says, nothing here fails. */
  receive(message) {
    if (message.type === "welcome" || message.type === "resumed") return this.#join(message);
    if (!this.isJoined) return;
    switch (message.type) {
      case "edit": return this.#follow(message);
      case "ack": return this.#acknowledge(message);
      case "rejected": return this.#reject(message);
      case "resync":
        this.#startOver(message.code, message.revision);
        return this.#sendNext();
      case "saved":
        this.savedRevision = Math.max(this.savedRevision, message.revision);
        return;
      case "presence":
        this.members = message.members;
        this.#lookForContest();
    }
  }

  #join(message) {
    this.isJoined = true;
    this.#isPausing = true;
    if (message.type === "resumed") {
      for (const edit of message.edits) this.#follow(edit);
      if (!this.isJoined) return;
      if (this.revision !== message.revision) return this.#loseTrack();
    } else {
      this.#startOver(message.code, message.revision);
      if (this.#inFlight) this.#inFlight.isInDoubt = true;
    }
    this.savedRevision = Math.max(Math.min(this.savedRevision, this.revision), message.saved ?? 0);
    ({ clientId: this.clientId, policy: this.policy, language: this.language } = message);
    ({ limits: this.limits, members: this.members, session: this.#session } = message);
    // Under a policy that refuses, what was typed without a connection is not slipped in over what others did.
    if (!this.#insists && !this.conflict && this.#mustAsk && !this.#inFlight?.isInDoubt) {
      this.#withdraw();
      this.#hold();
    }
    this.resume();
  }

  /** Takes an edit from the room's log, in its order. */
  #follow({ revision, author, changes }) {
    if (revision <= this.revision || this.#awaitsResync) return;
    if (revision !== this.revision + 1) return this.#loseTrack();
    this.revision = revision;
    if (author === this.clientId && this.#inFlight) {
      this.#moveMissed(changes);
      this.#land(apply(this.#serverText, changes));
      this.#sendNext();
    } else {
      const local = this.#rebase(changes);
      this.#note(changes, author);
      this.#moveRun(changes);
      this.#serverText = apply(this.#serverText, changes);
      this.#changeText(local, author);
      this.#endIdleConflict();
    }
  }

  /** The server's text is this from now on, whatever it was. */
  #startOver(code, revision) {
    this.#awaitsResync = false;
    this.revision = revision;
    if (this.#inFlight?.isAcknowledged) return this.#land(code);
    const change = difference(this.#serverText, code);
    const local = this.#rebase(change);
    this.#run = undefined;
    if (change.length > 0) this.#note(change);
    this.#serverText = code;
    this.#changeText(local);
    this.#endIdleConflict();
  }

  /** The server's text is this from now on, and the edit in flight is in it. */
  #land(code) {
    const expected = this.#inFlight ? apply(this.#serverText, this.#inFlight.change) : this.#serverText;
    this.#settle();
    this.#run = undefined;
    const local = this.#rebase(difference(expected, code));
    this.#serverText = code;
    this.#changeText(local);
  }

  #acknowledge({ id, revision, resync }) {
    const edit = this.#inFlight;
    if (edit?.id !== id || this.#awaitsResync) return;
    if (resync) {
      edit.isAcknowledged = true;
      this.#awaitsResync = true;
      return;
    }
    if (revision > this.revision + 1) return this.#loseTrack();
    const after = apply(this.#serverText, edit.change);
    if (revision === this.revision + 1) {
      this.revision = revision;
      this.#serverText = after;
      this.#noteRun(edit.change);
      this.#settle();
    } else if (after === this.#serverText) this.#settle();
    else {
      // It was in the text already, as on the far side of a lost connection; or another page has sent one of its name.
      const text = insertedBy(edit.change);
      this.#changeText(this.#dropInFlight());
      if (!edit.isInDoubt) this.#host.refuse("repeated", undefined, text);
    }
    this.#sendNext();
  }

  #reject({ id, reason, revision, detail }) {
    const edit = this.#inFlight;
    if (edit?.id !== id || this.#awaitsResync) return;
    if (revision > this.revision) return this.#loseTrack();
    if (reason === "invalid" || reason === "too_large") return this.#refuse(reason, detail);
    const isStale = edit.sentOn < this.revision;
    // Under a new name, an edit that is in the text already would be made twice.
    if (!edit.isInDoubt || (reason === "conflict" && isStale)) this.#withdraw();
    if (reason === "conflict" && isStale) {
      if (this.#mustAsk && !this.#insists) return this.#hold(detail);
      if (this.#asks && !this.#insists) this.#host.resent(authorsOf(this.#missed));
      return this.#sendNext();
    }
    if (reason === "conflict" && this.#asks && !edit.isInDoubt) return this.#hold(detail);
    this.trouble = reason;
    this.#isPausing = true;
    this.#host.retry();
  }

  /** Gives the connection up: what the server says does not fit what is known here. */
  #loseTrack() {
    this.#session = undefined;
    this.isJoined = false;
    this.#host.reconnect();
  }

  // MARK: Pending edits

  #sendNext() {
    if (!this.isJoined || this.#isPausing || this.conflict || this.#inFlight || this.#waiting.length === 0) return;
    this.#inFlight = { id: `${this.#idPrefix}${++this.#editCount}`, change: this.#heldTogether(this.#waiting) };
    this.#waiting = [];
    this.#missed = [];
    this.#sendInFlight();
  }

  #sendInFlight() {
    const edit = this.#inFlight;
    // One that is made in more places than a message may name is made in one.
    if (edit.change.length > MOST_PLACES) {
      edit.change = difference(this.#serverText, apply(this.#serverText, edit.change));
    }
    edit.sentOn = this.revision;
    const message = { type: "edit", id: edit.id, revision: this.revision, changes: edit.change };
    // The server would end the connection, and again after each reload.
    if (isOver(message, this.limits?.message)) return this.#refuse("too_large");
    this.#host.send(message);
  }

  #withdraw() {
    if (!this.#inFlight) return;
    this.#waiting = compose(this.#inFlight.change, this.#waiting);
    this.#inFlight = undefined;
  }

  #settle() {
    this.#inFlight = undefined;
    this.#insists = false;
    this.trouble = undefined;
  }

  /** Takes the edit in flight out of the text, since the server will never have it, and says so. */
  #refuse(reason, detail) {
    const text = insertedBy(this.#inFlight.change);
    this.#giveUp(this.#dropInFlight());
    this.#host.refuse(reason, detail, text);
    this.#sendNext();
  }

  /** Forgets the edit in flight; returns the change that takes it out of the user's text. */
  #dropInFlight() {
    const back = invert(this.#inFlight.change, this.#serverText);
    this.#settle();
    const local = transform(back, this.#waiting, "left");
    this.#waiting = transform(this.#waiting, back);
    return local;
  }

  /** Moves the pending edits behind a change of the server's text; returns it as it must be made to the user's. */
  #rebase(change) {
    let local = change;
    const goesOn = this.#waitingGoesOn;
    if (this.#inFlight) {
      const edit = this.#inFlight.change;
      this.#inFlight.change = transform(edit, local);
      local = transform(local, edit, "left");
    }
    const waiting = this.#waiting;
    // What waits is known here alone: where it goes on with a word, it may stay with that.
    this.#waiting = transform(waiting, local, goesOn ? "left" : "right");
    return transform(local, waiting, goesOn ? "right" : "left");
  }

  #changeText(change, author) {
    if (change.length === 0) return;
    this.text = apply(this.text, change);
    this.#host.change(change, author);
  }

  /** Takes some of the user's own work out of the text; it is theirs to undo that. */
  #giveUp(change) {
    if (change.length === 0) return;
    const before = this.text;
    this.text = apply(before, change);
    this.#host.giveUp(change, before);
  }

  // MARK: Two who type at one place

  /**
   * A change that goes on where the user's last one ended, in a form that keeps both together.
   *
   * Of two insertions at one place the one that came first stands left, so that two who type there would cut each other's
   * words into pieces. A replacement of the last character, by that character and what follows it, leaves no such place:
   * what another inserts behind the character meanwhile comes behind all of it.
   */
  #heldTogether(change) {
    const run = this.#run;
    if (this.policy !== "merge" || !run?.isContested || change.length !== 1) return change;
    const [{ from, to, insert }] = change;
    if (from !== to || from !== run.to) return change;
    const start = from - (isLowSurrogate(this.#serverText.charCodeAt(from - 1)) ? 2 : 1);
    return start < run.from ? change : [{ from: start, to, insert: this.#serverText.slice(start, from) + insert }];
  }

  /** Whether what waits is typed right behind what the user has typed before. */
  get #waitingGoesOn() {
    const [{ from, to } = {}, ...others] = this.#waiting;
    if (from === undefined || from !== to || others.length > 0) return false;
    const before = this.#inFlight ? changedRanges(this.#inFlight.change) : [[this.#run?.from, this.#run?.to]];
    return before.length === 1 && before[0][0] < before[0][1] && before[0][1] === from;
  }

  /** Notes where an edit of the user's has come to stand. */
  #noteRun(change) {
    const run = this.#run;
    this.#run = undefined;
    if (change.length !== 1) return;
    const [{ from }] = change;
    const [[start, to]] = changedRanges(change);
    if (start === to) return;
    const goesOn = run !== undefined && run.from <= from && from <= run.to;
    this.#run = { from: goesOn ? run.from : start, to, isContested: goesOn && run.isContested };
    this.#lookForContest();
  }

  /** Moves the run behind a change of somebody else's. */
  #moveRun(change) {
    if (!this.#run) return;
    const isTouched = change.some(({ from, to }) => from <= this.#run.to && this.#run.from <= to);
    const [from, to] = [mapPosition(this.#run.from, change), mapPosition(this.#run.to, change, "left")];
    this.#run = from < to ? { from, to, isContested: this.#run.isContested || isTouched } : undefined;
  }

  /** Looks whether the cursor of somebody else is where the user types. */
  #lookForContest() {
    const run = this.#run;
    if (!run || run.isContested) return;
    run.isContested = this.members.some(({ clientId, cursor }) =>
      clientId !== this.clientId && cursor && run.from <= cursor.head && cursor.head <= run.to);
  }

  // MARK: Conflicts

  /** Whether the room's policy leaves it to the users what becomes of edits that crossed. */
  get #asks() {
    return this.policy !== "merge" && this.policy !== "last-write-wins";
  }

  /** Whether the pending edits and what others did since touch the same lines, under a policy that asks. */
  get #mustAsk() {
    return this.#asks && this.#overlapping.length > 0;
  }

  /** What others did to the lines of the pending edits: [{ author, from, to }] in the server's text. */
  get #overlapping() {
    const own = this.pending.map(({ from, to }) => lines(this.#serverText, from, to));
    return this.#missed.filter(({ from, to }) =>
      own.some(([start, end]) => from <= end && (to > start || (to === start && from === to))));
  }

  /** Remembers what others did since the pending edits began to wait. */
  #note(change, author) {
    if (this.isIdle) return;
    this.#moveMissed(change);
    this.#missed.push(...changedRanges(change).map(([from, to]) => ({ author, from, to })));
  }

  #moveMissed(change) {
    this.#missed = this.#missed.map(({ author, from, to }) => (
      { author, from: mapPosition(from, change, "left"), to: mapPosition(to, change) }));
  }

  #hold(detail) {
    this.#insists = false;
    this.conflict = { authors: authorsOf(this.#overlapping), detail };
  }

  /** Where nothing is pending any more, there is nothing to decide. */
  #endIdleConflict() {
    if (!this.isIdle) return;
    this.conflict = undefined;
    this.#insists = false;
  }

  /** What was there and what the user has instead, line by line: [{ line, theirs, mine }], of the conflict. */
  get conflictingLines() {
    const pending = this.pending;
    const mine = changedRanges(pending);
    const found = [];
    let until = -1;
    pending.forEach(({ from, to }, index) => {
      const [start, end] = lines(this.#serverText, from, to);
      const [first, last] = lines(this.text, ...mine[index]);
      if (start <= until) return;
      until = end;
      const line = this.#serverText.slice(0, start).split("\n").length;
      found.push({ line, theirs: this.#serverText.slice(start, end), mine: this.text.slice(first, last) });
    });
    return found;
  }

  // MARK: Keeping it over a reload of the page

  /** Everything that is needed to go on, when something is pending; a value for JSON. */
  get snapshot() {
    if (this.isIdle || !this.#session) return undefined;
    return {
      revision: this.revision, savedRevision: this.savedRevision, clientId: this.clientId, policy: this.policy,
      language: this.language, session: this.#session, serverText: this.#serverText, inFlight: this.#inFlight,
      waiting: this.#waiting, missed: this.#missed, conflict: this.conflict, insists: this.#insists,
    };
  }

  /** Goes on from a snapshot; before anything else. */
  restore(snapshot) {
    ({ revision: this.revision, savedRevision: this.savedRevision, clientId: this.clientId } = snapshot);
    ({ policy: this.policy, language: this.language, session: this.#session } = snapshot);
    ({ serverText: this.#serverText, inFlight: this.#inFlight, waiting: this.#waiting } = snapshot);
    ({ missed: this.#missed, conflict: this.conflict, insists: this.#insists } = snapshot);
    const text = apply(this.#serverText, this.pending);
    this.#changeText(difference("", text));
  }
}

/** How many replacements the server takes in one edit. */
const MOST_PLACES = 10_000;

const insertedBy = (change) => change.map(({ insert }) => insert).join("");
const authorsOf = (places) => [...new Set(places.map(({ author }) => author))];

/** Whether an edit's message is longer than so many bytes; a keystroke's need not be written to be known as short. */
function isOver(message, limit = Infinity) {
  const most = message.changes.reduce((sum, { insert }) => sum + 64 + 6 * insert.length, 256);
  return most > limit && bytes(JSON.stringify(message)) > limit;
}

/** The lines of a text in which a range lies, as a range. */
function lines(text, from, to) {
  const end = text.indexOf("\n", to);
  return [from === 0 ? 0 : text.lastIndexOf("\n", from - 1) + 1, end < 0 ? text.length : end];
}
