"""How long a room with a long history takes to open, against a new room with the same text."""

import dataclasses
import signal
import statistics
import subprocess
import sys
import time

from harness.databases import DATABASES, TITLES
from harness.machine import product
from harness.rooms import RoomClient, document
from harness.servers import Pairloom, run_folder

DOCUMENTS = {"1 KB": 1_000, "100 KB": 100_000, "1 MB": 1_000_000}

# A snapshot is due after so many changes, or after a 256th of the text's length when that is more.
SNAPSHOT_EVERY = 500

EXPLANATION = (
    "Median (90th percentile) of {count} rooms, each opened for the first time since its server started, in "
    "milliseconds. The old rooms have at least {revisions:,} revisions.")
HEAD = "| text | old room | changes to replay | new room | old room | old : new | a room that is open |"


@dataclasses.dataclass(frozen=True)
class Plan:
    """How much is done: revisions of each old room, rooms of each size, starts of the server."""

    revisions: int
    rooms: int
    starts: int


@dataclasses.dataclass
class Pair:
    """A room with a long history, and a new one with the same text."""

    old: str
    new: str
    # How many more edits the old one takes without a snapshot.
    tail: int


def type_edits(server, rooms, edits):
    """So many edits in each of these rooms; returns when all are saved."""
    arguments = f"--port {server.port} --rooms {','.join(rooms)} --mode saturate --edits {edits}".split()
    run = subprocess.run([*product("pairloom-saves"), *arguments], stdout=subprocess.DEVNULL)
    if run.returncode != 0:
        sys.exit(f"The rooms could not be filled. The server said:\n{server.said}")


def grown(folder, database, plan):
    """The rooms of all sizes, the old ones at a snapshot: the server has closed them, since nobody was there."""
    with Pairloom(folder, database, idle_timeout="1s") as server, RoomClient(server.port) as client:
        pairs = {}
        for size, length in DOCUMENTS.items():
            olds = [client.create(document(length)) for _ in range(plan.rooms)]
            type_edits(server, olds, plan.revisions)
            texts = {old: client.text(old) for old in olds}
            pairs[size] = [
                Pair(old, client.create(text), max(SNAPSHOT_EVERY, len(text) // 256) - 1) for old, text in texts.items()]
        wait_until_closed(database)
        return pairs


def wait_until_closed(database, seconds=60):
    deadline = time.monotonic() + seconds
    while any(database.tails().values()):
        if time.monotonic() > deadline:
            sys.exit("The server did not close rooms that nobody was in.")
        time.sleep(0.5)


def add_tails(folder, database, pairs):
    """Puts each old room as far ahead of its snapshot as it can be, and kills the server."""
    with Pairloom(folder, database) as server:
        for some in pairs.values():
            type_edits(server, [pair.old for pair in some], some[0].tail)
        tails = database.tails()
        server.stop(signal.SIGKILL)
    for pair in (pair for some in pairs.values() for pair in some):
        if (tails[pair.old], tails[pair.new]) != (pair.tail, 0):
            sys.exit(f"Room {pair.old} has {tails[pair.old]} changes to replay, not {pair.tail}.")


def open_all(folder, database, pairs, times, how):
    """Starts the server, opens each room, ends the server; the milliseconds are added to those of other starts."""
    with Pairloom(folder, database) as server, RoomClient(server.port) as client:
        for number in range(max(len(some) for some in pairs.values())):
            for size, some in pairs.items():
                pair = some[number]
                order = [("old", pair.old), ("new", pair.new)]
                for kind, room in order if number % 2 else reversed(order):
                    times[size][kind].append(client.milliseconds(room))
                times[size]["again"].append(client.milliseconds(pair.old))
        server.stop(how)


def opened(folder, database, pairs, plan, how):
    """How long each room took to open, over all starts, by the size of the text."""
    times = {size: {"new": [], "old": [], "again": []} for size in pairs}
    for _ in range(plan.starts):
        open_all(folder, database, pairs, times, how)
    return times


def described(values):
    ordered = sorted(values)
    return f"{statistics.median(ordered):.2f} ({ordered[int((len(ordered) - 1) * 0.9)]:.2f})"


def table_rows(state, times, tails):
    for size, kinds in times.items():
        ratio = statistics.median(kinds["old"]) / statistics.median(kinds["new"])
        cells = [described(kinds["new"]), described(kinds["old"]), f"{ratio:.2f}", described(kinds["again"])]
        yield f"| {size} | {state} | {tails[size]:,} | " + " | ".join(cells) + " |"


def title(storage):
    return f"Opening rooms, {TITLES[storage]}"


def section(storage, plan):
    """One database as a section of the results."""
    print(f"\n{title(storage)}", flush=True)
    with run_folder() as folder, DATABASES[storage](folder) as database:
        pairs = grown(folder, database, plan)
        print(f"  the rooms have {plan.revisions:,} revisions", flush=True)
        at_snapshot = opened(folder, database, pairs, plan, signal.SIGTERM)
        add_tails(folder, database, pairs)
        killed = opened(folder, database, pairs, plan, signal.SIGKILL)
    lines = [HEAD, "|---|---|" + "---:|" * 5]
    lines += table_rows("at its snapshot", at_snapshot, dict.fromkeys(pairs, 0))
    lines += table_rows("after kill -9", killed, {size: some[0].tail for size, some in pairs.items()})
    print("\n".join(lines), flush=True)
    explanation = EXPLANATION.format(count=plan.rooms * plan.starts, revisions=plan.revisions)
    return [f"## {title(storage)}", explanation, "\n".join(lines)]
