import { wordsForAnswer } from "./words.js";

/** Makes a room, and returns where it is; throws an error whose message is for people. */
export async function makeRoom(room) {
  const response = await fetch("/rooms", {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(room),
  }).catch(() => undefined);
  if (!response?.ok) throw new Error(await wordsForAnswer(response));
  return addressOf((await response.json()).roomId);
}

export const addressOf = (id) => `/r/${encodeURIComponent(id)}`;
