"""Whether rooms notice that many wait for suggestions of a service that takes a second for each."""

import json
import selectors
import socket
import subprocess
import sys
import threading
import time

from harness.databases import DATABASES
from harness.deliveries import PACED
from harness.machine import ROOT, product
from harness.scenarios import Contestant, Row, Scenario
from harness.servers import Pairloom, run_folder

AT_ONCE = 200
# Half of them wait for a connection, and then have their answer after two seconds.
CONNECTIONS = 100
TIMEOUT = 5

QUIET = Contestant("nobody asks")
STORM = Contestant(f"{AT_ONCE} ask at once, again and again")

ROWS = PACED[:3] + (
    Row("suggestions", "suggestions", "{:,.0f}"),
    Row("byService", "of them by the service", "{:,.0f}"),
    Row("slowestSuggestion", "slowest suggestion, ms", "{:,.0f}"),
    Row("serviceConnections", "most connections to the service at once", "{:,.0f}"),
) + PACED[3:]

CONFIG = """\
autocomplete:
  provider: [gemini, rules]
  timeout: {timeout}s
  in_flight: {at_once}
  requests_per_minute: 0
  cache: 0
  gemini:
    api_key: none
    base_url: http://127.0.0.1:{port}
    model: one-second
    connections: {connections}
"""


class Service:
    """The service of the tests, which waits a second before each answer."""

    def __enter__(self):
        script = ROOT / "Tests/TestSupport/FakeGemini/fake_gemini.py"
        self.process = subprocess.Popen(
            [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    @property
    def most_connections(self):
        self.process.stdin.write("state\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())["peak"]


class Storm(threading.Thread):
    """Asks on many connections at once, and again when all have their answer, until it is told to stop."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port = port
        self.is_over = threading.Event()
        self.answers, self.by_service, self.slowest = 0, 0, 0.0

    def run(self):
        sockets = [socket.create_connection(("127.0.0.1", self.port)) for _ in range(AT_ONCE)]
        with selectors.DefaultSelector() as selector:
            for connection in sockets:
                selector.register(connection, selectors.EVENT_READ)
            while not self.is_over.is_set():
                self.ask_all(sockets, selector)
        for connection in sockets:
            connection.close()

    def ask_all(self, sockets, selector):
        start = time.monotonic()
        for number, connection in enumerate(sockets):
            code = f"name_{number} = {start}\ndef "
            body = json.dumps({"code": code, "cursorPosition": len(code), "language": "python"})
            head = f"POST /autocomplete HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n\r\n"
            connection.sendall((head + body).encode())
        waiting = AT_ONCE
        while waiting:
            for key, _ in selector.select(timeout=30):
                answer = key.fileobj.recv(65_536)
                if b'"provider"' not in answer:
                    raise ConnectionError("a request for a suggestion had no answer")
                waiting -= 1
                self.answers += 1
                self.by_service += b'"gemini"' in answer
                self.slowest = max(self.slowest, time.monotonic() - start)

    def stop(self):
        self.is_over.set()
        self.join()


def trial(contestant, load, times):
    """One run against a fresh server, with or without the storm."""
    with run_folder() as folder, DATABASES[contestant.storage](folder) as database, Service() as service:
        suggestions = CONFIG.format(
            timeout=TIMEOUT, at_once=AT_ONCE, port=service.port, connections=CONNECTIONS)
        with Pairloom(folder, database, contestant.policy, more=suggestions) as server:
            storm = Storm(server.port)
            if contestant is STORM:
                storm.start()
            arguments = f"--port {server.port} --pid {server.pid} {load} {times}".split()
            run = subprocess.run([*product("pairloom-load"), *arguments], stdout=subprocess.PIPE, text=True)
            if contestant is STORM:
                storm.stop()
            if run.returncode != 0:
                sys.exit(f"The run of {contestant.name} failed. The server said:\n{server.said}")
            report = json.loads(run.stdout)
            report |= {"suggestions": storm.answers, "byService": storm.by_service,
                       "slowestSuggestion": storm.slowest * 1_000, "serviceConnections": service.most_connections}
            return report, server.ready_line


SCENARIOS = (
    Scenario(
        "Suggestions: 50 rooms of 2 members, 1,000 texts a second",
        "--mode fixed --rate 1000 --rooms 50 --members 2 --writers 2",
        (QUIET, STORM), ((1, 0, "ratio"),), ROWS, trial),
)
