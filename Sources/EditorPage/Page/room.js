import { load } from "./assets.js";
import { bytes } from "./change.js";
import { RoomClient } from "./client.js";
import { showConflict } from "./conflict.js";
import { Cursors } from "./cursors.js";
import { Editor } from "./editor.js";
import { requireCodeMirror, showFailure } from "./failure.js";
import { Find } from "./find.js";
import { Ghost } from "./ghost.js";
import { fillMenu, languageOf } from "./languages.js";
import { notice } from "./notices.js";
import { guestAmong, nameOf, showPeople } from "./people.js";
import { preferences, read, write } from "./preferences.js";
import { rememberRoom } from "./recent.js";
import { roomOf } from "./rooms.js";
import { openSettings, setUpSettings } from "./settings.js";
import { announcementOf, showStatus } from "./status.js";
import { UndoHistory } from "./undo.js";
import { list, size, warningForPolicy, wordsForPolicy, wordsForRefusal } from "./words.js";

const id = roomOf(location.pathname);
const byId = (name) => document.getElementById(name);
const announce = (text) => (byId("announcements").textContent = text);

requireCodeMirror();

const undo = new UndoHistory();
let sentPresence = "";
let presenceTimer;
let spokenState = "connecting";
let language;
let guest;
let wasIdle = true;

const client = new RoomClient(id, {
  change(change, author) {
    undo.rebase(change);
    ghost.drop();
    editor.apply(change);
    if (author) cursors.follow(author, change);
    showPosition();
    // What the others know of the cursor is told in the text that was.
    sentPresence = "";
  },
  giveUp(change, text) {
    undo.record(change, text, "giveUp", performance.now());
    ghost.drop();
    editor.apply(change);
  },
  joined() {
    if (!language) chooseLanguage(read(`language.${id}`, client.replica.language));
    rememberRoom(id, client.replica.language);
    guest ??= guestAmong(client.replica.members, client.replica.clientId);
    sentPresence = "";
    sendPresence();
    if (!document.activeElement || document.activeElement === document.body) editor.code.focus();
  },
  presence: showMembers,
  status: show,
  refuse(reason, detail, text) {
    const action = text && { label: "Copy what was in it", act: () => copy(text, "Copied.") };
    notice(wordsForRefusal(reason, detail, client.replica.limits), { action });
  },
  resent(authors) {
    const who = list(namesOf(authors)) || "Somebody";
    notice(`${who} changed other lines meanwhile; your edit was sent again, over theirs.`);
  },
});

const editor = new Editor(byId("editor"), {
  edit(change, kind) {
    undo.record(change, client.replica.text, kind, performance.now());
    client.edit(change);
    ghost.didType(change);
    tellPlace();
  },
  moved() {
    ghost.drop();
    tellPlace();
  },
  admits({ from, to, insert }) {
    if (insert.length < 64) return true;
    const limit = client.replica.limits?.document ?? Infinity;
    const text = editor.code.getValue();
    const [before, out, into] = [text, text.slice(from, to), insert].map(bytes);
    if (before - out + into <= limit || into <= out) return true;
    notice(`That is too large: the text would be over this server's limit of ${size(limit)}. Nothing was changed.`);
    return false;
  },
}, keys());

const cursors = new Cursors(editor.code);
const ghost = new Ghost(editor, suggestion, announce);
const find = new Find(editor.code);

preferences.apply();
ghost.isEnabled = preferences.suggests;
document.title = `${id.slice(0, 8)} · Pairloom`;
byId("room-name").textContent = id.slice(0, 8);
byId("room-name").title = id;
setUpPage();
client.open();

// MARK: What the user does

/** What keys do besides typing; Escape lets the next Tab leave the editor. */
function keys(leaves = false) {
  const goBack = () => travel((text) => undo.undo(text));
  const goForth = () => travel((text) => undo.redo(text));
  return {
    Tab: leaves ? false : () => (ghost.take() ? undefined : indent()),
    "Shift-Tab": leaves ? false : "indentLess",
    Esc: () => ghost.drop() || letTabLeave(),
    "Ctrl-Z": goBack, "Cmd-Z": goBack, "Ctrl-Y": goForth, "Shift-Ctrl-Z": goForth, "Shift-Cmd-Z": goForth,
    "Ctrl-U": () => {}, "Cmd-U": () => {},
    "Ctrl-F": () => find.open(), "Cmd-F": () => find.open(), "Ctrl-G": () => find.next(), "Cmd-G": () => find.next(),
    "Ctrl-/": "toggleComment", "Cmd-/": "toggleComment",
  };
}

function indent() {
  if (editor.code.somethingSelected()) editor.code.indentSelection("add");
  else editor.code.execCommand("insertSoftTab");
}

function letTabLeave() {
  editor.code.setOption("extraKeys", keys(true));
  announce("Tab leaves the editor now.");
  const restore = (_, event) => {
    if (event?.key === "Tab" || event?.key === "Shift") return;
    editor.code.setOption("extraKeys", keys());
    editor.code.off("keydown", restore);
    editor.code.off("blur", restore);
  };
  editor.code.on("keydown", restore);
  editor.code.on("blur", restore);
}

/** Takes back, or makes again, an edit of one's own. */
function travel(step) {
  if (editor.code.isReadOnly()) return;
  const change = step(client.replica.text);
  if (!change) return announce("There is nothing of yours left to do that with.");
  ghost.drop();
  editor.apply(change);
  editor.showEnd(change);
  client.edit(change);
}

/** What comes next at a place, once the server has what was typed there. */
async function suggestion(position) {
  const { replica } = client;
  for (let waits = 0; !replica.isIdle && waits < 20; waits++) await new Promise((go) => setTimeout(go, 50));
  if (!replica.isIdle || client.state !== "connected") return undefined;
  return client.complete(replica.serverPosition(position));
}

/** Shows where the cursor is, here at once and to the others soon. */
function tellPlace() {
  showPosition();
  presenceTimer ??= setTimeout(sendPresence, 60);
}

/** Tells the others who this is and where, if that is news. */
function sendPresence() {
  clearTimeout(presenceTimer);
  presenceTimer = undefined;
  const { replica } = client;
  if (!replica.isJoined) return;
  const { anchor, head } = editor.selection;
  const cursor = { anchor: replica.serverPosition(anchor), head: replica.serverPosition(head) };
  const presence = { type: "presence", ...ownLook(), cursor };
  const news = JSON.stringify(presence);
  if (news === sentPresence) return;
  sentPresence = news;
  client.send({ ...presence, revision: replica.revision });
}

/** How the others see this person. */
function ownLook() {
  return { name: preferences.name || guest?.name, color: preferences.color ?? guest?.color };
}

async function chooseLanguage(name) {
  const chosen = languageOf(name);
  language = chosen;
  fillMenu(byId("language"), name);
  try {
    await load(chosen.files);
    if (chosen === language) editor.code.setOption("mode", chosen.mode);
  } catch {
    notice(`The highlighting of ${chosen.label} cannot be loaded.`);
  }
}

async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    notice(done, { stays: 3000 });
  } catch {
    // Without HTTPS there is only the old way.
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    if (document.execCommand("copy")) notice(done, { stays: 3000 });
    else notice("The browser does not let the page copy.");
    area.remove();
    editor.code.focus();
  }
}

function download() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([client.replica.text], { type: "text/plain;charset=utf-8" }));
  link.download = `${id.slice(0, 8)}.${language?.extension ?? "txt"}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// MARK: What the page shows

function setUpPage() {
  byId("copy-link").addEventListener("click", () => copy(location.href, "The link is copied."));
  byId("download").addEventListener("click", download);
  byId("open-settings").addEventListener("click", chooseSettings);
  byId("retry").addEventListener("click", () => client.retryNow());
  byId("put-mine").addEventListener("click", () => decide(() => client.putMineAgain()));
  byId("take-theirs").addEventListener("click", () => decide(() => client.takeTheirs()));
  byId("policy").addEventListener("click", () => byId("policy-words").showModal());
  byId("language").addEventListener("change", ({ target }) => {
    write(`language.${id}`, target.value);
    chooseLanguage(target.value);
  });
  setUpSettings(() => {
    ghost.isEnabled = preferences.suggests;
    editor.code.refresh();
    sendPresence();
  });
  const narrow = matchMedia("(max-width: 40rem)");
  const wrap = () => editor.code.setOption("lineWrapping", narrow.matches);
  narrow.addEventListener("change", wrap);
  wrap();
  addEventListener("beforeunload", (event) => !client.replica.isIdle && event.preventDefault());
  addEventListener("keydown", (event) => {
    if (event.key !== "f" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    find.open();
  });
}

function chooseSettings() {
  openSettings(ownLook().color);
}

function decide(how) {
  how();
  editor.code.focus();
}

function show() {
  const { replica } = client;
  showStatus(client);
  document.body.dataset.state = client.state;
  const policy = byId("policy");
  if (replica.policy && policy.dataset.policy !== replica.policy) {
    policy.hidden = false;
    policy.dataset.policy = replica.policy;
    policy.textContent = `Policy: ${replica.policy}`;
    byId("policy-title").textContent = `Conflict policy: ${replica.policy}`;
    byId("policy-words").querySelector("p").textContent = wordsForPolicy(replica.policy);
    const warning = warningForPolicy(replica.policy);
    byId("policy-warning").textContent = warning;
    byId("policy-warning").hidden = !warning;
  }
  if (showConflict(replica, namesOf(replica.conflict?.authors))) {
    announce(`${byId("conflict-title").textContent}. ${byId("conflict-text").textContent}`);
  }
  showFailure(client, { id, language: language?.name, copy: () => copy(replica.text, "The text is copied.") });
  if (replica.isIdle !== wasIdle) {
    wasIdle = replica.isIdle;
    // A cursor inside of what the server had not got was told as the place before it.
    if (wasIdle) tellPlace();
  }
  if (client.state !== spokenState) {
    if (spokenState !== "connecting") announce(announcementOf(client));
    spokenState = client.state;
  }
  editor.code.setOption("readOnly", client.state === "ended" || !replica.clientId);
}

function showMembers() {
  const { replica } = client;
  const isOwn = ({ clientId }) => clientId === replica.clientId;
  const members = replica.members.map((member) => (isOwn(member) ? { ...member, ...ownLook() } : member));
  showPeople(byId("people"), members, replica.clientId, { goTo, rename: chooseSettings });
  const others = members.filter((member) => !isOwn(member));
  cursors.show(others.map((member) => ({
    ...member, name: nameOf(member),
    cursor: member.cursor && {
      anchor: replica.localPosition(member.cursor.anchor), head: replica.localPosition(member.cursor.head),
    },
  })));
}

function goTo(member) {
  const position = cursors.positionOf(member);
  if (position) editor.code.scrollIntoView(position, 100);
  editor.code.focus();
}

function namesOf(authors = []) {
  const { members } = client.replica;
  const found = authors.map((author) => members.find(({ clientId }) => clientId === author));
  return [...new Set(found.map((member) => (member ? nameOf(member) : "Somebody")))];
}

function showPosition() {
  const { line, ch } = editor.code.getCursor();
  byId("position").textContent = `Line ${line + 1}, column ${ch + 1}`;
}
