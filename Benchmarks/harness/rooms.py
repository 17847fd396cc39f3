"""Documents, and the rooms that have them."""

import json
import random
import socket
import time

WORDS = (
    "let var func return await try guard if else for in where room text change revision member edit history "
    "store journal log entry snapshot batch count first last next isOpen isEmpty append remove filter map "
    "= == { } ( ) . , : -> [] 0 1 64"
).split()


def document(length):
    """A text of so many bytes, always the same, that looks like code to whoever compresses it."""
    choice = random.Random(length)
    lines, size = [], 0
    while size < length:
        line = "    " * choice.randrange(4) + " ".join(choice.choices(WORDS, k=8)) + "\n"
        lines.append(line)
        size += len(line)
    return "".join(lines)[:length]


class RoomClient:
    """Asks a server about rooms, over one connection, and knows how long it took."""

    def __init__(self, port):
        self.address = f"127.0.0.1:{port}"
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray(1 << 20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def create(self, text):
        """Makes a room with a text; its id."""
        return json.loads(self.ask("POST", "/rooms", json.dumps({"code": text}))[0])["roomId"]

    def text(self, room):
        return json.loads(self.ask("GET", f"/rooms/{room}")[0])["code"]

    def milliseconds(self, room):
        """How long the server takes to say what is in a room."""
        return self.ask("GET", f"/rooms/{room}")[1] * 1000

    def ask(self, method, path, body=""):
        """The body of the answer, and the seconds until the last byte of it was here."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.address}\r\nContent-Length: {len(body)}\r\n\r\n"
        start = time.perf_counter()
        self.socket.sendall((head + body).encode())
        answer = bytearray()
        while (end := answer.find(b"\r\n\r\n")) < 0:
            answer += self.receive()
        head, rest = bytes(answer[:end]).decode().lower(), answer[end + 4:]
        if not head.startswith("http/1.1 200"):
            raise ConnectionError(f"{method} {path}: {head.splitlines()[0]}")
        length = int(head.split("content-length:")[1].split()[0])
        while len(rest) < length:
            rest += self.receive()
        return bytes(rest), time.perf_counter() - start

    def receive(self):
        count = self.socket.recv_into(self.buffer)
        if count == 0:
            raise ConnectionError("the server hung up")
        return memoryview(self.buffer)[:count]
