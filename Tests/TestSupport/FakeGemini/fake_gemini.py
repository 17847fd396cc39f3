"""A server that answers like Gemini, or like Gemini on a bad day.

    python3 fake_gemini.py [CERTIFICATE KEY]

Prints its port. What it does is chosen by the model in the path: see SCENARIOS. Lines on its standard input ask about
it and are answered with a line each, in JSON; it ends when its input does.

    state               what came so far: {"requests", "accepted", "open", "peak", "elsewhere"}
    wait NAME NUMBER    returns once `open` is the number, or another count has reached it
"""

import gzip
import http.server
import json
import select
import socket
import ssl
import sys
import threading

PATIENCE = 50


def answer(*parts, finish="STOP"):
    return {
        "candidates": [{"content": {"role": "model", "parts": list(parts)}, "finishReason": finish, "index": 0}],
        "usageMetadata": {"promptTokenCount": 7, "totalTokenCount": 9},
        "modelVersion": "fake",
        "somethingNew": {"nobody": ["knows"]},
    }


def text(words):
    return answer({"text": words})


def error(code, status, message, *details):
    return {"error": {"code": code, "message": message, "status": status, "details": list(details)}}


def retry_info(delay):
    return {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay}


# Would be fine by itself, so that what is wrong around it has to be noticed.
GOOD_BODY = json.dumps(text("good")).encode()

BAD_KEY = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
QUOTA = {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{"quotaId": "PerDay"}]}

# What is sent for a model: a status, a body, and more headers. THE-KEY in a body stands for the key that came.
REPLIES = {
    "gemini-3.5-flash-lite": (200, text("return sum(items)")),
    "fenced": (200, text("```python\nurn sum(items)\n```\n")),
    "explained": (200, text("Here is the completion:\n\n```python\nurn sum(items)\n```\n\nHope it helps!")),
    "only-explained": (200, text("The function is complete, so there is nothing to insert.")),
    "repeated-prefix": (200, text("    ret = sum(items)")),
    "overlapping-suffix": (200, text("sum(items)\nprint(total([1]))\n")),
    "thoughts": (200, answer({"text": "Hm.", "thought": True}, {"text": "urn "}, {"text": "sum(items)"})),
    "null-character": (200, text("a\u0000b")),
    "empty-candidate": (200, {"candidates": [{}], "usageMetadata": {}}),
    "no-candidates": (200, {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}),
    "only-usage": (200, {"usageMetadata": {"promptTokenCount": 7}}),
    "max-tokens": (200, {"candidates": [{"content": {"role": "model"}, "finishReason": "MAX_TOKENS"}]}),
    "safety": (200, answer({"text": "half of"}, finish="SAFETY")),
    "recitation": (200, {"candidates": [{"finishReason": "RECITATION"}]}),
    "bad-key": (400, error(400, "INVALID_ARGUMENT", "API key THE-KEY not valid.\nPass a valid one.", BAD_KEY)),
    "bad-argument": (400, error(400, "INVALID_ARGUMENT", "Thinking level MINIMAL is not supported.")),
    "precondition": (400, error(400, "FAILED_PRECONDITION", "User location is not supported.")),
    "unauthenticated": (401, error(401, "UNAUTHENTICATED", "No credentials.")),
    "forbidden": (403, error(403, "PERMISSION_DENIED", "Your API key was reported as leaked.")),
    "withdrawn": (404, error(404, "NOT_FOUND", "models/withdrawn is not found.")),
    "timeout-status": (408, {}),
    "retry-info": (429, error(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", QUOTA, retry_info("26s"))),
    "retry-info-fraction": (429, error(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", retry_info("1.5s"))),
    "retry-info-odd": (429, error(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", retry_info("1e300s"))),
    "retry-after": (429, error(429, "RESOURCE_EXHAUSTED", "Quota exceeded."), {"Retry-After": "7"}),
    "retry-unknown": (429, error(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", 7, {"retryDelay": 3})),
    "overloaded": (503, error(503, "UNAVAILABLE", "The model is overloaded.", retry_info("2s"))),
    "internal": (500, error(500, "INTERNAL", "An internal error.")),
    "gateway": (502, b"<html>THE-KEY</html>"),
    "listed-error": (503, [error(503, "UNAVAILABLE", "The model is overloaded.", retry_info("3s"))]),
    "garbage": (200, b"\xff\xfe<html>"),
    "wrong-shape": (200, {"candidates": "none"}),
    "wrong-list": (200, [1, 2]),
    "other-object": (200, {"error": "no"}),
    "deep-nesting": (200, b'{"candidates": ' + b"[" * 900_000),
    "ten-megabytes": (200, GOOD_BODY + b" " * 10_000_000),
    "gzip": (200, gzip.compress(json.dumps(text("packed")).encode()), {"Content-Encoding": "gzip"}),
    "endless-header": (200, GOOD_BODY, {f"X-{number}": "x" * 1_000 for number in range(99)}),
}


def is_open(connection):
    """Whether the client has not closed it."""
    try:
        return bool(connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
    except BlockingIOError:
        return True
    except OSError:
        return False


class Counts:
    """What the server has seen, for whoever asks."""

    def __init__(self):
        self.changed = threading.Condition()
        self.connections = set()
        self.values = {"requests": [], "accepted": 0, "open": 0, "peak": 0, "elsewhere": 0}

    def update(self, change):
        with self.changed:
            change(self.values)
            self.changed.notify_all()

    def opened(self, connection):
        """Called for one after another, in the order in which they come."""

        def change(values):
            self.connections.add(connection)
            values["accepted"] += 1
            values["open"] = len(self.connections)
            # A client that has closed one may open the next before the thread of the first has heard of that.
            values["peak"] = max(values["peak"], sum(map(is_open, self.connections)))

        self.update(change)

    def closed(self, connection):
        def change(values):
            self.connections.discard(connection)
            values["open"] = len(self.connections)

        self.update(change)

    def state(self):
        with self.changed:
            return json.dumps(self.values)

    def wait(self, name, number):
        def is_reached():
            value = self.values[name]
            if name == "open":
                return value == number
            return (len(value) if isinstance(value, list) else value) >= number

        with self.changed:
            return json.dumps(self.changed.wait_for(is_reached, PATIENCE))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = {
            "method": self.command,
            "path": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": json.loads(body),
        }
        self.server.counts.update(lambda values: values["requests"].append(request))
        model = self.path.rsplit("/", 1)[-1].split(":")[0]
        getattr(self, "scenario_" + model.replace("-", "_"), lambda: self.reply(model))()

    def do_GET(self):
        """The place that a redirect leads to."""
        self.server.counts.update(lambda values: values.update(elsewhere=values["elsewhere"] + 1))
        self.send(200, text("from elsewhere"), {})

    def reply(self, model):
        status, body, *headers = REPLIES.get(model) or REPLIES["gemini-3.5-flash-lite"]
        self.send(status, body, headers[0] if headers else {})

    def send(self, status, body, headers, length=None):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        body = body.replace(b"THE-KEY", self.headers.get("x-goog-api-key", "").encode())
        lines = [f"HTTP/1.1 {status} Status", f"Content-Length: {length or len(body)}"]
        lines += [f"{name}: {value}" for name, value in {"Content-Type": "application/json", **headers}.items()]
        self.connection.sendall("\r\n".join(lines + ["", ""]).encode() + body)

    def wait_for_the_end(self):
        """Blocks until the client closes the connection."""
        self.close_connection = True
        self.connection.recv(1)

    def scenario_gzip_bomb(self):
        self.send(200, gzip.compress(GOOD_BODY + b" " * 100_000_000), {"Content-Encoding": "gzip"})

    def scenario_never(self):
        self.wait_for_the_end()

    def scenario_stalled_body(self):
        self.send(200, b'{"candidates": [', {}, length=10_000)
        self.wait_for_the_end()

    def scenario_cut_off(self):
        self.send(200, GOOD_BODY, {}, length=10_000)
        self.close_connection = True

    def scenario_hung_up(self):
        self.close_connection = True

    def scenario_redirect(self):
        self.send(307, b"", {"Location": f"{self.server.origin}/v1beta/models/elsewhere:generateContent"})

    def scenario_moved(self):
        self.send(302, b"", {"Location": f"{self.server.origin}/elsewhere"})

    def scenario_one_second(self):
        # Nothing comes but the end of the connection.
        if select.select([self.connection], [], [], 1)[0]:
            self.close_connection = True
        else:
            self.reply("gemini-3.5-flash-lite")

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, certificate=None, key=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.counts = Counts()
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate, key)
        self.origin = f"{'https' if certificate else 'http'}://127.0.0.1:{self.server_port}"

    def process_request(self, request, client_address):
        self.counts.opened(request)
        super().process_request(request, client_address)

    def process_request_thread(self, request, client_address):
        connection = request
        try:
            if self.context:
                connection = self.context.wrap_socket(request, server_side=True)
            self.finish_request(connection, client_address)
        except OSError:
            pass
        finally:
            self.shutdown_request(connection)
            self.counts.closed(request)


def main():
    server = Server(*sys.argv[1:3])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    for line in sys.stdin:
        match line.split():
            case ["state"]:
                print(server.counts.state(), flush=True)
            case ["wait", name, number]:
                print(server.counts.wait(name, int(number)), flush=True)


if __name__ == "__main__":
    main()
