"""How fast edits are saved, and what that costs, against a writer that saves the whole text for each of them."""

import json
import subprocess
import sys

from harness.databases import DATABASES, TITLES
from harness.machine import BENCHMARKS, SERVER_CORE, product
from harness.rooms import RoomClient, document
from harness.scenarios import Contestant, Row, Scenario
from harness.servers import Pairloom, run_folder

BYTES = {
    "sqlite": "bytes written for each edit",
    "postgres": "bytes of WAL for each edit",
}

DOCUMENTS = {"1 KB": 1_000, "100 KB": 100_000}

# What people do, and in how many rooms.
LOADS = {
    "100 rooms at full speed": ("--mode saturate", 100),
    "100 rooms, 10 edits a second in each": ("--mode fixed --rate 1000", 100),
    "one room, 10 edits a second": ("--mode fixed --rate 10", 1),
}

# Those who save the whole text each time, by database: how they are called, and how they are set up.
NAIVE = {
    "sqlite": (("naive", "--journal delete"), ("naive, WAL", "--journal wal")),
    "postgres": (("naive", "--connections 1"), ("naive, 8 connections", "--connections 8")),
}


def rows(storage, is_paced):
    return (
        Row("editsPerSecond", "edits saved/s", "{:,.0f}", is_compared=not is_paced),
        Row("delayP50", "delay until saved p50, ms", "{:,.2f}", True),
        Row("delayP99", "delay until saved p99, ms", "{:,.2f}", True),
        Row("delayMax", "delay until saved max, ms", "{:,.2f}", True),
        Row("bytesPerEdit", BYTES[storage], "{:,.0f}", True),
        Row("cpuPerMillion", "server CPU seconds per million edits", "{:,.1f}", True),
        Row("serverLoad", "server: cores used", "{:.2f}"),
        Row("generatorLoad", "generator: cores used", "{:.2f}"),
        Row("backlog", "edits not saved yet at the end", "{:,.0f}"),
        Row("missing", "edits never saved", "{:,.0f}"),
    )


def metered(command, database, pid=None):
    """The report of a program that says when it measures, with the bytes that were written meanwhile; None when it
    fails. They are charged to a process, or to the program itself."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        readings, report = {}, None
        for line in run.stdout:
            if line.startswith("{"):
                report = json.loads(line)
            else:
                readings[line.strip()] = database.written(pid or run.pid)
    if run.returncode != 0 or report is None:
        return None
    bytes_written = readings["measured"] - readings["measuring"]
    return {**report, "bytesPerEdit": bytes_written / max(report["saved"], 1)}


def pairloom(contestant, text, load, rooms, folder, database):
    """One run against a server with new rooms."""
    with Pairloom(folder, database, contestant.policy) as server:
        with RoomClient(server.port) as client:
            ids = ",".join(client.create(text) for _ in range(rooms))
        arguments = f"--port {server.port} --pid {server.pid} --rooms {ids} {load}".split()
        report = metered([*product("pairloom-saves"), *arguments], database, server.pid)
        if report is None:
            sys.exit(f"The run of {contestant.name} failed. The server said:\n{server.said}")
        return report, server.ready_line


def naive(contestant, text, load, rooms, folder, database):
    """One run of the reference, on the core where the server would be."""
    path = folder / "document"
    path.write_text(text)
    arguments = f"{database.place} {contestant.load} --rooms {rooms} --document {path} {load}".split()
    program = ["taskset", "-c", SERVER_CORE, sys.executable, str(BENCHMARKS / "reference/naive.py")]
    report = metered([*program, *arguments], database)
    if report is None:
        sys.exit(f"The run of {contestant.name} failed.")
    return report, None


def trial_with(length, rooms):
    """How to run a contestant once, with rooms of such a text, so many."""
    def trial(contestant, load, times):
        run = naive if contestant.server == "naive" else pairloom
        with run_folder() as folder, DATABASES[contestant.storage](folder) as database:
            return run(contestant, document(length), f"{load} {times}", rooms, folder, database)
    return trial


def scenario(storage, words, size):
    load, rooms = LOADS[words]
    contestants = (Contestant("pairloom", policy="merge", storage=storage),) + tuple(
        Contestant(name, server="naive", storage=storage, load=setting) for name, setting in NAIVE[storage])
    ratios = tuple((0, place, f"pairloom : {contestants[place].name}") for place in (1, 2))
    return Scenario(
        f"Saving, {TITLES[storage]}: {words}, {size} documents", load, contestants, ratios,
        rows(storage, is_paced="fixed" in load), trial_with(DOCUMENTS[size], rooms))


SCENARIOS = tuple(
    scenario(storage, words, size) for storage in DATABASES for words in LOADS for size in DOCUMENTS)
