import { wordsForAnswer } from "./words.js";

/** The server's root: this script is one folder below it, whatever path a proxy serves it at. */
const root = new URL("../", import.meta.url);

/** The page on which rooms are made. */
export const startPage = root.href;

/** Makes a room, and returns where it is; throws an error whose message is for people. */
export async function makeRoom(room) {
  const response = await fetch(new URL("rooms", root), {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(room),
  }).catch(() => undefined);
  if (!response?.ok) throw new Error(await wordsForAnswer(response));
  return addressOf((await response.json()).roomId);
}

/** The name of the room that a path, or its last part, leads to. */
export function roomOf(path) {
  const name = path.split(/[?#]/)[0].replace(/\/+$/, "").split("/").at(-1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // Not encoded as addresses are; such a room is not to be found.
  }
}

/** The page of a room. */
export const addressOf = (id) => new URL(`r/${encodeURIComponent(id)}`, root).href;

/** Where a room's WebSocket is opened. */
export function socketOf(id, query) {
  const url = new URL(`ws/${encodeURIComponent(id)}`, root);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.search = new URLSearchParams(query ?? {});
  return url;
}

/**
 * Asks by a plain request why no WebSocket can be opened, since browsers do not tell: { status, statusText, detail },
 * `detail` if the server itself answers; nothing when nobody does.
 */
export async function obstacleTo(id) {
  const url = new URL(`ws/${encodeURIComponent(id)}`, root);
  url.search = new URLSearchParams({ page: root.href });
  const answer = await fetch(url, { cache: "no-store" }).catch(() => undefined);
  if (!answer) return undefined;
  const { detail } = await answer.json().catch(() => ({}));
  return { status: answer.status, statusText: answer.statusText, detail };
}
