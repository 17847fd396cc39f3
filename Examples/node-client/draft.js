// A text that is ahead of its server, in parts. A part is in the texts of the levels from `born` on, and before `dead`.
// A change is a list of { from, to, insert }: sorted, all positions in the text before it, in UTF-16 code units.
const SERVER = 0, FLIGHT = 1, LOCAL = 2, NEVER = 3; // what the server has; with the edit in flight; with all that waits
const isIn = (level) => (part) => part.born <= level && level < part.dead;
const apply = (text, change) => change.reduceRight((t, c) => t.slice(0, c.from) + c.insert + t.slice(c.to), text);

class Draft {
  parts = [];
  told = 0; // How long the text was that the user was told of last.

  get text() { return this.textAt(LOCAL); }
  get serverText() { return this.textAt(SERVER); }
  get isWaiting() { return this.parts.some((part) => part.born === LOCAL || part.dead === LOCAL); }
  textAt(level) { return this.parts.filter(isIn(level)).map((part) => part.text).join(""); }

  type(change) { this.replace(LOCAL, change); this.tell(); } // The user made it.
  receive(change) { this.replace(SERVER, change); } // Somebody else made it: in a tie it goes left of ours.
  become(code) { this.receive([difference(this.serverText, code)]); } // The server's text is another one now.
  launch() { this.move(LOCAL, FLIGHT); } // What waits becomes the edit in flight.
  land(code) { this.move(FLIGHT, SERVER); if (code !== undefined) this.become(code); } // The server has it.
  recall() { this.move(FLIGHT, LOCAL); } // It waits again, together with what waits already.
  undo() { this.move(FLIGHT, NEVER); } // It is taken back.

  get flight() { // The edit in flight, as a change of the server's text.
    const change = [];
    let at = 0;
    for (const part of this.parts.filter((part) => part.born < LOCAL)) {
      const end = part.born === SERVER ? at + part.text.length : at;
      if (part.born === FLIGHT || part.dead === FLIGHT) {
        if (change.at(-1)?.to !== at) change.push({ from: at, to: at, insert: "" });
        change.at(-1).to = end;
        if (part.born === FLIGHT) change.at(-1).insert += part.text;
      }
      at = end;
    }
    return change;
  }

  tell(listener) { // What has changed in the user's text since the last time, but for what the user typed.
    const change = [], parts = this.parts.filter(isIn(LOCAL));
    let from = 0, insert = "";
    for (const { text, seen } of [...parts, { text: "", seen: this.told }]) {
      if (Number.isNaN(seen)) insert += text;
      else {
        if (from < seen || insert) change.push({ from, to: seen, insert });
        [from, insert] = [seen + text.length, ""];
      }
    }
    this.told = 0;
    for (const part of this.parts) part.seen = NaN;
    for (const part of parts) this.told = (part.seen = this.told) + part.text.length;
    if (change.length > 0) listener?.(this.text, change);
  }

  replace(level, change) {
    for (const { from, to, insert } of [...change].reverse()) {
      const start = this.split(level, from), end = this.split(level, to);
      for (const part of this.parts.slice(start, end).filter(isIn(level))) part.dead = level;
      this.parts.splice(start, 0, { text: insert, born: level, dead: NEVER, seen: NaN });
    }
    this.move();
  }

  split(level, units) { // The index of the first part behind so many units of a text; one that lies across becomes two.
    if (units === 0) return 0;
    const index = this.parts.findIndex((part) => isIn(level)(part) && (units -= part.text.length) <= 0);
    const part = this.parts[index], cut = part.text.length + units;
    const head = { ...part, text: part.text.slice(0, cut) };
    const tail = { ...part, text: part.text.slice(cut), seen: part.seen + cut };
    this.parts.splice(index, 1, head, tail);
    return index + 1;
  }

  move(from, to) { // Makes one level's changes another's; then forgets what is gone, and joins what is alike.
    const moved = (level) => (level === from ? to : level);
    const all = this.parts.map((part) => ({ ...part, born: moved(part.born), dead: moved(part.dead) }));
    const alive = all.filter((part) => part.text && part.born < part.dead);
    let place = 0; // As at the server, what we insert stands before what we delete beside it.
    for (const part of alive) part.place = part.born ? place + 0.1 : part.dead === FLIGHT ? place + 0.2 : ++place;
    this.parts = alive.sort((a, b) => a.place - b.place).reduce((joined, part) => {
      const last = joined.at(-1);
      const isAlike = last?.born === part.born && last.dead === part.dead;
      if (isAlike && Object.is(last.seen + last.text.length, part.seen)) last.text += part.text;
      else joined.push(part);
      return joined;
    }, []);
  }
}

// One replacement that leads from one text to another, and splits no surrogate pair.
function difference(old, now) {
  let from = 0, same = 0;
  for (const sign of old) if (now.startsWith(sign, from)) from += sign.length; else break;
  const [was, is] = [old.slice(from), now.slice(from)];
  for (const sign of [...was].reverse()) if (is.endsWith(sign, is.length - same)) same += sign.length; else break;
  return { from, to: old.length - same, insert: is.slice(0, is.length - same) };
}

module.exports = { Draft, apply, difference };
