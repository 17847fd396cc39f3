// A server that speaks HTTP/2 and answers like Gemini; the model `never` is never answered.
//
//     node http2_gemini.js CERTIFICATE KEY
//
// Prints its port, and answers the same lines as fake_gemini.py: `accepted` and `open` count connections, `resets` counts
// requests that the client has taken back. It ends when its input does.

const fs = require("fs");
const http2 = require("http2");
const readline = require("readline");

const PATIENCE = 60_000;
const ANSWER = JSON.stringify({
  candidates: [{ content: { role: "model", parts: [{ text: "return sum(items)" }] }, finishReason: "STOP" }],
});

const counts = { requests: [], accepted: 0, open: 0, peak: 0, elsewhere: 0, resets: 0 };
let waiting = [];

function count(name, value) {
  counts[name] = value;
  counts.peak = Math.max(counts.peak, counts.open);
  waiting = waiting.filter((isDone) => !isDone());
}

function answer(stream, headers, body) {
  const request = { method: headers[":method"], path: headers[":path"], headers: {}, body: JSON.parse(body) };
  count("requests", [...counts.requests, request]);
  if (request.path.includes("never")) return;
  stream.respond({ ":status": 200, "content-type": "application/json" });
  stream.end(ANSWER);
}

function serve(stream, headers) {
  const chunks = [];
  stream.on("data", (chunk) => chunks.push(chunk));
  stream.on("end", () => answer(stream, headers, Buffer.concat(chunks)));
  stream.on("aborted", () => count("resets", counts.resets + 1));
  stream.on("error", () => {});
}

function wait(name, number) {
  const timer = setTimeout(() => console.log("false"), PATIENCE);
  const isDone = () => {
    const value = Array.isArray(counts[name]) ? counts[name].length : counts[name];
    if (name === "open" ? value !== number : value < number) return false;
    clearTimeout(timer);
    console.log("true");
    return true;
  };
  if (!isDone()) waiting.push(isDone);
}

const [certificate, key] = process.argv.slice(2);
const server = http2.createSecureServer({ cert: fs.readFileSync(certificate), key: fs.readFileSync(key) });
server.on("stream", serve);
server.on("session", (session) => {
  count("accepted", counts.accepted + 1);
  count("open", counts.open + 1);
  session.on("close", () => count("open", counts.open - 1));
  session.on("error", () => {});
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));

const input = readline.createInterface({ input: process.stdin });
input.on("line", (line) => {
  const [command, name, number] = line.split(" ");
  if (command === "wait") wait(name, Number(number));
  else console.log(JSON.stringify(counts));
});
input.on("close", () => process.exit());
