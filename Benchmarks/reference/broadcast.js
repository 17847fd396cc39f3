// The reference: what a WebSocket server on Node costs that does nothing but pass messages on. It parses nothing,
// keeps nothing and stores nothing. Usage: node broadcast.js PORT
"use strict";

const crypto = require("crypto");
const http = require("http");
const { WebSocketServer } = require("ws");

const port = Number(process.argv[2]);
const rooms = new Map();

// Any path is a room; `POST /rooms` makes up a name, so that the load generator can treat both servers alike.
const server = http.createServer((request, response) => {
  request.resume();
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ roomId: crypto.randomUUID() }));
});

const sockets = new WebSocketServer({ server, perMessageDeflate: false });

sockets.on("connection", (socket, request) => {
  if (!rooms.has(request.url)) rooms.set(request.url, new Set());
  const members = rooms.get(request.url);
  members.add(socket);
  socket.on("message", (data, binary) => {
    for (const member of members) {
      if (member !== socket) member.send(data, { binary });
    }
  });
  socket.on("close", () => members.delete(socket));
});

server.listen(port, "127.0.0.1", () => console.log(`broadcast.js is ready at http://127.0.0.1:${port}`));
