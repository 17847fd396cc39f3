// A client of the change dialect: one edit in flight, what is typed meanwhile waits. docs/protocol.md explains it.
const { Draft, apply } = require("./draft.js");

exports.connect = (url, { pause = 500, WebSocket = globalThis.WebSocket ?? require("ws"), ...listeners } = {}) => {
  const draft = new Draft();
  let socket, joined, session, me, revision, met, flight, count = 0, isClosed = false;

  const later = (delay, act, from = socket) => setTimeout(() => from === socket && !isClosed && act(), delay);
  const end = (how, code) => { draft[how](code); flight = undefined; };
  const proceed = () => { // Sends what waits; or, on a new connection, what was in flight on the one before.
    if (joined !== socket || flight?.socket === socket || !(flight || draft.isWaiting)) return;
    if (!flight) draft.launch();
    flight = { id: `${++count}`, since: revision, ...flight, socket };
    socket.send(JSON.stringify({ type: "edit", id: flight.id, revision, changes: draft.flight }));
  };
  const receive = {
    welcome: (message) => receive.resync(message),
    resumed: (message) => message.edits.forEach(receive.edit),
    resync({ revision: now, code }) { // Whether the text has the edit in flight already, its answer will tell.
      if (flight?.isDone) end("land", code); else draft.become(code);
      met = revision = now;
    },
    edit({ revision: now, author, changes }) { // Our own comes back when its `ack` was lost with a connection.
      if (author === me) end("land", apply(draft.serverText, changes)); else draft.receive(changes);
      revision = now;
    },
    ack({ revision: now, resync }) {
      if (resync) return void (flight.isDone = true); // The text that it led to follows.
      end(flight.since < now && now <= met ? "undo" : "land");
      revision = Math.max(revision, now);
    },
    rejected({ reason }) {
      end(reason === "invalid" || reason === "too_large" ? "undo" : "recall");
      joined = undefined;
      later(reason === "conflict" ? 0 : pause, () => { joined = socket; proceed(); });
    },
  };
  const open = () => {
    socket = new WebSocket(session ? `${url}?session=${session}&revision=${revision}` : url, "pairloom.v1");
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.session) ({ session, clientId: me } = message, joined = socket);
      if (!message.id || message.id === flight?.id) receive[message.type]?.(message);
      draft.tell(listeners.onChange);
      proceed();
      listeners.onMessage?.(message);
    };
    socket.onclose = ({ code }) => {
      if (isClosed || /^(100[2379]|44..)$/.test(code)) listeners.onClose?.(code); // For good.
      else later(pause * (1 + Math.random()), open);
    };
    socket.onerror = () => {}; // A close follows.
  };
  open();
  return {
    get text() { return draft.text; },
    get isPending() { return Boolean(flight || draft.isWaiting); },
    edit: (changes) => { draft.type(changes); proceed(); },
    send: (message) => socket.send(JSON.stringify(message)),
    close: () => { isClosed = true; socket.close(); },
  };
};
