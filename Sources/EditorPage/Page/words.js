/** What the page says when something does not go as it should. */

/** Why a room cannot be entered, or left us: { title, text, actions }; nothing when trying again will do. */
export function wordsForEnd({ code, reason }, hasBeenIn) {
  switch (code) {
    case 4404:
      return {
        title: "There is no such room",
        text: "The link may be mistyped, or the room is on another server.", actions: ["make", "home"],
      };
    case 4413:
      return {
        title: "The room is full",
        text: "As many people are in it as this server lets into one room. Try again when somebody has left.",
        actions: ["retry", "home"],
      };
    case 4409:
      return {
        title: "The room is open in another window",
        text: "It has gone on from there with what was typed here.", actions: ["retry", "home"],
      };
    case 1009:
      return {
        title: "That was too large",
        text: "A message was larger than this server takes, so it ended the connection. Copy what you need from here, "
          + "and open the room again.",
        actions: ["copy", "reload"],
      };
    case 1013:
      if (reason.includes("storage")) {
        return hasBeenIn ? undefined : {
          title: "The room cannot be read right now",
          text: "The server's storage does not answer. This page tries again by itself.", actions: ["retry", "home"],
        };
      }
      if (hasBeenIn) return undefined;
      return {
        title: "The server is full",
        text: "It has as many connections as it takes. This page tries again by itself.", actions: ["retry", "home"],
      };
    case 1011:
      return hasBeenIn ? undefined : {
        title: "The room cannot be opened",
        text: "What the server has stored of it cannot be read. Whoever runs the server finds the reason in its log.",
        actions: ["retry", "home"],
      };
  }
  if (code >= 4400 || [1002, 1003, 1007].includes(code)) {
    return {
      title: "The server has ended the connection",
      text: `It says: ${reason || `code ${code}`}. Copy what you need from here, and open the room again.`,
      actions: ["copy", "reload"],
    };
  }
  return undefined;
}

/**
 * Why WebSockets cannot be opened, from the answer to a plain request: { title, text, actions }, and `short` for the foot
 * of the page.
 */
export function wordsForObstacle({ status, statusText, detail }) {
  const answer = `${status} ${detail ?? statusText}`.trim();
  const words = (title, text, short = title) => ({ title, text, short, actions: ["retry", "home"] });
  if (status === 403 && detail) return words("The server does not accept this page", detail);
  if (status === 426 && detail) {
    return words("WebSockets do not reach the server", `The server answers, but not to WebSockets. ${detail}`);
  }
  if (status >= 500) {
    const title = "The server cannot be reached", reason = `a proxy answers in its place: ${answer}`;
    return words(title, `It may not be running: ${reason}. This page tries again by itself.`, `${title}: ${reason}`);
  }
  return words("WebSockets do not reach the server", `Something else answers at the room's address: ${answer}.`);
}

/** What a lost connection was lost to, as a sentence; empty when it is nothing to tell. */
export function wordsForLoss(end) {
  if (!end) return "";
  if (end.code === 1013 && !/full|storage/.test(end.reason)) {
    return "The server let go of this window because it could not keep up with what it was sent.";
  }
  if (end.code === 1013) return `The server says: ${end.reason}.`;
  if (end.code === 1012 || end.code === 1001) return "The server is restarting.";
  return "";
}

/** Why an edit was taken back. */
export function wordsForRefusal(reason, detail, limits) {
  if (reason === "repeated") return "The server had an edit of that name already, so your last one was taken back.";
  if (reason === "too_large") {
    const most = size(limits?.document);
    return `The text would be larger than this server takes (${most}), so your last edit was taken back.`;
  }
  const why = detail ? ` (${detail.replace(/\.$/, "")})` : "";
  return `The server could not take your last edit${why}; it was taken back.`;
}

/** Why a room could not be made, from the answer to `POST /rooms`; nothing came back when it is missing. */
export async function wordsForAnswer(response) {
  if (!response) return "The server does not answer. Is it running?";
  switch (response.status) {
    case 413: return "The text is larger than this server takes.";
    case 429: {
      const seconds = response.headers.get("retry-after") ?? "a few";
      return `Many rooms are being made right now. Try again in ${seconds} seconds.`;
    }
    case 503: return "The server's storage does not answer. Try again in a moment.";
  }
  const body = await response.json().catch(() => ({}));
  const detail = Array.isArray(body.detail) ? body.detail.map(({ msg }) => msg).join("; ") : body.detail;
  return `The server could not make the room: ${detail ?? response.statusText}`;
}

/** What becomes of edits that were made at the same time, by the name of the policy. */
export function wordsForPolicy(policy) {
  switch (policy) {
    case "merge": return "What people type at the same moment is kept, all of it.";
    case "last-write-wins":
      return "Whoever writes last wins: of what people type at the very same moment, only the last may stay.";
    case "version-checked":
      return "An edit of a text that is not the newest is refused. When it touches lines that somebody else has "
        + "changed, you decide which of the two stays.";
    default: return "The server's operator has added this policy; edits that it refuses are shown to you.";
  }
}

/** The warning to show as long as a room has a policy that can lose edits; empty for all others. */
export function warningForPolicy(policy) {
  return policy === "last-write-wins"
    ? "This server keeps the last writer's text: edits made at the same time can be lost." : "";
}

/** A number of bytes, for people. */
export function size(count) {
  if (count === undefined) return "its limit";
  const [unit, name] = count >= 1 << 20 ? [1 << 20, "MiB"] : count >= 1024 ? [1024, "KiB"] : [1, "bytes"];
  return `${Math.round((count / unit) * 10) / 10} ${name}`;
}

/** Several names in a sentence. */
export function list(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
