import { wordsForAnswer } from "./words.js";

/** Makes a room, and returns where it is; throws an error whose message is for people. */
export async function makeRoom(room) {
  const response = await fetch("/rooms", {
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

export const addressOf = (id) => `/r/${encodeURIComponent(id)}`;
