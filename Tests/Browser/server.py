"""The real server, in a folder of its own."""

import asyncio
import json
import os
import signal
import socket
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("PAIRLOOM_EXECUTABLE", str(REPOSITORY / ".build/debug/pairloom"))


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """A server that can be stopped, killed and started again at the same port, on the same SQLite file.

    Without a policy, its configuration does not name one.
    """

    def __init__(self, policy="merge", **limits):
        self._folder = tempfile.TemporaryDirectory(prefix="pairloom-browser-")
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self._process = None
        lines = "".join(f"\n  {name}: {value}" for name, value in {"rooms_per_minute": 0, **limits}.items())
        conflict = f"conflict: {{policy: {policy}}}\n" if policy else ""
        config = f"""server: {{port: {self.port}}}
storage: {{provider: sqlite, sqlite: {{path: rooms.db}}}}
autocomplete: {{provider: rules}}
{conflict}limits:{lines}
"""
        self._config = Path(self._folder.name, "config.yaml")
        self._config.write_text(config)

    async def __aenter__(self):
        await self.start()
        return self

    async def __aexit__(self, *_):
        if self._process:
            await self.kill()
        self._folder.cleanup()

    async def start(self):
        log = open(Path(self._folder.name, "server.log"), "ab")
        self._process = await asyncio.create_subprocess_exec(
            PROGRAM, "serve", cwd=self._folder.name, stdout=asyncio.subprocess.PIPE, stderr=log)
        line = await asyncio.wait_for(self._process.stdout.readline(), 60)
        assert b"is ready" in line, Path(self._folder.name, "server.log").read_text()

    async def reload(self, public_url):
        """Gives the server a public URL while it runs."""
        text = self._config.read_text()
        first = text.split("\n", 1)[0]
        self._config.write_text(text.replace(first, f"server: {{port: {self.port}, public_url: '{public_url}'}}"))
        log = Path(self._folder.name, "server.log")
        count = log.read_text().count("read again")
        self._process.send_signal(signal.SIGHUP)
        while log.read_text().count("read again") == count:
            await asyncio.sleep(0.02)

    async def stop(self):
        """Ends the server in order."""
        await self._end(signal.SIGTERM)

    async def kill(self):
        """Ends the server as a loss of power would."""
        await self._end(signal.SIGKILL)

    async def _end(self, number):
        self._process.send_signal(number)
        await self._process.wait()
        self._process = None

    def pause(self):
        """Lets the server do nothing until `go_on`, as one that hangs. Returns when all of its threads have stopped."""
        self._process.send_signal(signal.SIGSTOP)
        tasks = Path("/proc", str(self._process.pid), "task")

        def runs(task):
            return task.joinpath("stat").read_text().rpartition(")")[2].split()[0] != "T"

        while any(runs(task) for task in tasks.iterdir()):
            time.sleep(0.001)

    def go_on(self):
        self._process.send_signal(signal.SIGCONT)

    async def make_room(self, code="", language="python"):
        answer = await self._ask("/rooms", {"code": code, "language": language})
        return answer["roomId"]

    async def code(self, room):
        return (await self._ask(f"/rooms/{room}"))["code"]

    async def _ask(self, path, body=None):
        def ask():
            data = None if body is None else json.dumps(body).encode()
            with urllib.request.urlopen(urllib.request.Request(self.origin + path, data), timeout=10) as answer:
                return json.load(answer)

        return await asyncio.to_thread(ask)


class Relay:
    """A way to a server that can be cut, as a cable can, for the connections that are open and for new ones."""

    def __init__(self, server):
        self._target = server.port
        self._writers = set()
        self._is_cut = False
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"

    async def __aenter__(self):
        self._listener = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        return self

    async def __aexit__(self, *_):
        self.cut()
        self._listener.close()

    def cut(self):
        self._is_cut = True
        for writer in list(self._writers):
            writer.transport.abort()

    def mend(self):
        self._is_cut = False

    async def _serve(self, reader, writer):
        if self._is_cut:
            writer.transport.abort()
            return
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._target)
        both = {writer, there_writer}
        self._writers |= both
        try:
            await asyncio.gather(self._pass(reader, there_writer), self._pass(there_reader, writer))
        finally:
            self._writers -= both

    @staticmethod
    async def _pass(reader, writer):
        try:
            while data := await reader.read(1 << 16):
                writer.write(data)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
