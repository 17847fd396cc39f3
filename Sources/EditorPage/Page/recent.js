import { read, write } from "./preferences.js";

/** The rooms that this browser was in, the newest first: { id, language, at }, `at` as `Date.now()` has it. */
export function recentRooms() {
  const rooms = read("recent", []);
  return Array.isArray(rooms) ? rooms.filter((room) => typeof room?.id === "string") : [];
}

export function rememberRoom(id, language) {
  const others = recentRooms().filter((room) => room.id !== id);
  write("recent", [{ id, language, at: Date.now() }, ...others].slice(0, 20));
}

export function forgetRoom(id) {
  write("recent", recentRooms().filter((room) => room.id !== id));
}
