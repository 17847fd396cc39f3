import { wordsForLoss, wordsForObstacle } from "./words.js";

const connection = document.getElementById("connection");
const keeping = document.getElementById("keeping");
const retry = document.getElementById("retry");

/** Shows, in the foot of the page, how the connection is and how what was typed is kept. */
export function showStatus(client) {
  set(connection, client.state, wordsForConnection(client));
  set(keeping, client.replica.clientId ? client.keeping : "", wordsForKeeping(client));
  const isWaiting = client.state === "reconnecting" || client.state === "offline";
  if (retry.hidden === isWaiting) retry.hidden = !isWaiting;
}

/** What has happened to the connection, for those who do not look; empty when it is nothing to speak of. */
export function announcementOf(client) {
  switch (client.state) {
    case "connected": return "Connected again.";
    case "reconnecting": return `The connection is lost. ${wordsForLoss(client.end)}`;
    case "offline": return `${titleOf(client.obstacle)}. What you type is kept here.`;
    default: return "";
  }
}

function set(element, state, words) {
  if (element.dataset.state !== state) element.dataset.state = state;
  if (element.textContent !== words) element.textContent = words;
}

const titleOf = (obstacle) => (obstacle ? wordsForObstacle(obstacle).short : "The server cannot be reached");

function wordsForConnection({ state, end, obstacle, nextAttempt }) {
  const seconds = Math.max(Math.ceil((nextAttempt - Date.now()) / 1000), 0);
  const when = seconds > 0 ? ` Next try in ${seconds} s.` : " Trying…";
  switch (state) {
    case "connecting": return "Connecting…";
    case "connected": return "Connected";
    case "reconnecting":
      return `Reconnecting. ${obstacle ? `${titleOf(obstacle)}.` : wordsForLoss(end)}${when}`.replaceAll("  ", " ");
    case "offline": return `${obstacle ? titleOf(obstacle) : "Offline"}: what you type is kept here, and sent later.${when}`;
    default: return "Not connected";
  }
}

function wordsForKeeping({ keeping, replica }) {
  if (!replica.clientId) return "";
  switch (keeping) {
    case "saved": return "Saved";
    case "saving": return "Saving…";
    case "late": return "Not saved yet: the server is slow to save";
    case "stuck": return "Not saved: the server's storage does not answer; trying again";
    case "conflict": return "Not saved: your edit waits for your decision";
    default: return "Not saved";
  }
}
