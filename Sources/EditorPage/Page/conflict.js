import { list } from "./words.js";

const panel = document.getElementById("conflict");
const title = document.getElementById("conflict-title");
const text = document.getElementById("conflict-text");
const lines = document.getElementById("conflict-lines");
let shown;

/**
 * Shows that an edit was refused since others were first, with both texts, or that there is nothing to decide any more.
 *
 * @param names what those are called who were first
 * @returns whether it has just come up
 */
export function showConflict(replica, names) {
  if (!replica.conflict) {
    panel.hidden = true;
    return false;
  }
  const who = list(names) || "Somebody";
  const isNew = panel.hidden;
  title.textContent = `${who} changed the same lines first`;
  const reason = replica.conflict.detail ? ` The server says: ${replica.conflict.detail}` : "";
  text.textContent = `Your edit is not in the room; you see it here alone. You may go on typing: it waits.${reason}`;
  const places = replica.conflictingLines;
  if (JSON.stringify(places) !== shown) {
    shown = JSON.stringify(places);
    const more = places.length > SHOWN ? `…and ${places.length - SHOWN} more places` : "";
    lines.replaceChildren(...places.slice(0, SHOWN).map(comparison), more);
  }
  panel.hidden = false;
  return isNew;
}

function comparison({ line, theirs, mine }) {
  const table = document.createElement("dl");
  for (const [name, content] of [[`Line ${line} in the room`, theirs], ["With your edit", mine]]) {
    const term = Object.assign(document.createElement("dt"), { textContent: name });
    const code = Object.assign(document.createElement("code"), { textContent: shortened(content) });
    const definition = document.createElement("dd");
    definition.append(code);
    table.append(term, definition);
  }
  return table;
}

/** How many places are shown of an edit that was made in many. */
const SHOWN = 3;

function shortened(text) {
  const rows = text.split("\n");
  const some = rows.slice(0, 4).map((row) => (row.length > 200 ? `${row.slice(0, 200)}…` : row));
  return `${some.join("\n")}${rows.length > 4 ? "\n…" : ""}` || "(nothing)";
}
