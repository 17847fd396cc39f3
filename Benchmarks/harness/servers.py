"""Servers under test."""

import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from harness.machine import BENCHMARKS, NODE_MODULES, PAIRLOOM, SERVER_CORE, WORK, free_port

# Pairloom's own limits protect a public server from clients like these.
CONFIG = """\
server:
  port: {port}
{storage}conflict:
  policy: {policy}
limits:
  document: 2MiB
  message: 4MiB
  messages_per_second: 1000000
  rooms_per_minute: 0
  connections: 10000
  members_per_room: 1000
rooms:
  idle_timeout: {idle_timeout}
log:
  level: warning
"""


@contextlib.contextmanager
def run_folder():
    """A folder for one run, gone when the block ends."""
    WORK.mkdir(parents=True, exist_ok=True)
    folder = pathlib.Path(tempfile.mkdtemp(dir=WORK))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


class Server:
    """A server on a core of its own, ready to be asked; gone when the block ends."""

    def __init__(self, name, folder, command, environment=None):
        self.name = name
        self.log = folder / "server.log"
        self.command = command
        self.environment = environment

    def __enter__(self):
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                ["taskset", "-c", SERVER_CORE, *self.command], env=self.environment, stdout=log, stderr=log)
        try:
            self.ready_line = self.wait_until_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def pid(self):
        return self.process.pid

    @property
    def said(self):
        return self.log.read_text(errors="replace")

    def wait_until_ready(self, seconds=30):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            for line in self.said.splitlines():
                if "is ready at http://" in line:
                    return line
            time.sleep(0.05)
        sys.exit(f"{self.name} did not start:\n{self.said}")

    def stop(self, how=signal.SIGTERM):
        """Ends the server, unless it has ended already."""
        self.process.send_signal(how)
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Pairloom(Server):
    """Pairloom, with its rooms in a database."""

    # What is measured; `--binary` names another one.
    binary = PAIRLOOM

    def __init__(self, folder, database, policy="merge", idle_timeout="5m", more=""):
        self.port = free_port()
        config = folder / "config.yaml"
        config.write_text(CONFIG.format(
            port=self.port, storage=database.config, policy=policy, idle_timeout=idle_timeout) + more)
        super().__init__("pairloom", folder, [str(Pairloom.binary), "serve", "--config", str(config)])


class Node(Server):
    """The reference."""

    def __init__(self, folder):
        self.port = free_port()
        command = ["node", str(BENCHMARKS / "reference/broadcast.js"), str(self.port)]
        super().__init__("node", folder, command, {**os.environ, "NODE_PATH": NODE_MODULES})
