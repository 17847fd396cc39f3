"""The reference for saving: one UPDATE of the whole text and one commit for each edit.

It has no network and no rules of rooms, and keeps the texts at hand: all that it does is save. Prints `measuring` and
`measured` at the ends of the measured time, and then a report, as `pairloom-saves` does.
"""

import argparse
import itertools
import json
import os
import pathlib
import resource
import sqlite3
import threading
import time
import uuid

import psycopg2

TABLE = "CREATE TABLE rooms (id VARCHAR(36) PRIMARY KEY, code TEXT, language VARCHAR(50), updated_at {time})"
LINE = "return rooms.filter { $0.isOpen }"


class SQLite:
    """A connection to a file, by Python's own module, with SQLite's own settings but for the journal."""

    def __init__(self, options):
        # Each statement commits by itself.
        self.connection = sqlite3.connect(options.sqlite, isolation_level=None)
        self.connection.execute(f"PRAGMA journal_mode = {options.journal}")
        self.connection.execute("PRAGMA synchronous = FULL")

    def run(self, sql, *values):
        self.connection.execute(sql.format(value="?", time="DATETIME", now="CURRENT_TIMESTAMP"), values)


class Postgres:
    """A connection to a database, by psycopg2."""

    def __init__(self, options):
        self.connection = psycopg2.connect(options.postgres)
        self.connection.autocommit = True
        self.cursor = self.connection.cursor()

    def run(self, sql, *values):
        self.cursor.execute(sql.format(value="%s", time="TIMESTAMP", now="now()"), values)


class Room:
    """A text that somebody types a line into, takes it back letter by letter, and types it again."""

    def __init__(self, text):
        self.id = str(uuid.uuid4())
        middle = len(text) // 2
        self.head, self.tail = text[:middle], text[middle:]
        self.typed = itertools.cycle([*range(1, len(LINE) + 1), *range(len(LINE) - 1, -1, -1)])
        self.text = text
        self.saved_at = None

    def type(self):
        self.text = self.head + LINE[:next(self.typed)] + self.tail


class Saver(threading.Thread):
    """One connection and its share of the rooms; saves their edits one after another."""

    def __init__(self, options, rooms):
        super().__init__(daemon=True)
        self.options = options
        # Each room with its place among all of them.
        self.rooms = rooms
        # When each edit was saved, and when it was due.
        self.saved = []
        self.is_ready = threading.Event()
        self.start_at = None
        self.begin = threading.Event()
        self.is_over = False

    def run(self):
        database = connect(self.options)
        for _, room in self.rooms:
            insert = "INSERT INTO rooms (id, code, language, updated_at) VALUES ({value}, {value}, {value}, {now})"
            database.run(insert, room.id, room.text, "python")
        self.is_ready.set()
        self.begin.wait()
        for room, due in self.edits():
            if self.is_over:
                return
            room.type()
            database.run("UPDATE rooms SET code = {value}, updated_at = {now} WHERE id = {value}", room.text, room.id)
            room.saved_at = time.monotonic()
            self.saved.append((room.saved_at, due))

    def edits(self):
        """Without end: the room of the next edit, and when that is due. Waits until then."""
        for round_number in itertools.count():
            for place, room in self.rooms:
                if self.options.mode == "saturate":
                    # Who types in a room goes on as soon as the last edit is saved.
                    due = room.saved_at or self.start_at
                else:
                    due = self.start_at + (round_number * self.options.rooms + place) / self.options.rate
                    time.sleep(max(0, due - time.monotonic()))
                yield room, due
            if not self.rooms:
                return


def give_up(failure):
    """Ends the program when a saver fails: the others would wait for it."""
    threading.__excepthook__(failure)
    os._exit(1)


def connect(options):
    return SQLite(options) if options.sqlite else Postgres(options)


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def measured(options, savers):
    """Lets the savers work, and reports."""
    start = time.monotonic()
    for saver in savers:
        saver.start_at = start
        saver.begin.set()
    time.sleep(options.warmup)
    print("measuring", flush=True)
    begin, cpu = time.monotonic(), cpu_seconds()
    time.sleep(options.seconds)
    end, cpu = time.monotonic(), cpu_seconds() - cpu
    print("measured", flush=True)
    done = [edit for saver in savers for edit in list(saver.saved)]
    for saver in savers:
        saver.is_over = True
    delays = sorted((at - due) * 1000 for at, due in done if begin <= at < end)
    due = int((end - start) * options.rate) if options.mode == "fixed" else len(done)
    return report(delays, end - begin, cpu, max(0, due - len(done)))


def report(delays, seconds, cpu, backlog):
    def quantile(share):
        return delays[int((len(delays) - 1) * share)] if delays else None

    count = len(delays)
    return {
        "saved": count, "editsPerSecond": count / seconds, "backlog": backlog,
        "delayP50": quantile(0.5), "delayP99": quantile(0.99), "delayMax": quantile(1),
        "cpuPerMillion": cpu * 1e6 / max(count, 1), "serverLoad": cpu / seconds,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", help="a file")
    parser.add_argument("--journal", choices=["delete", "wal"], default="delete", help="SQLite's journal mode")
    parser.add_argument("--postgres", help="a URL")
    parser.add_argument("--connections", type=int, default=1, help="how many save at the same time")
    parser.add_argument("--mode", choices=["saturate", "fixed"], required=True)
    parser.add_argument("--rate", type=float, default=0, help="edits a second, over all rooms")
    parser.add_argument("--rooms", type=int, required=True)
    parser.add_argument("--document", type=pathlib.Path, required=True, help="a file with the text of each room")
    parser.add_argument("--warmup", type=float, default=2)
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    threading.excepthook = give_up

    connect(options).run(TABLE)
    rooms = [Room(options.document.read_text()) for _ in range(options.rooms)]
    places = list(enumerate(rooms))
    savers = [Saver(options, places[number::options.connections]) for number in range(options.connections)]
    for saver in savers:
        saver.start()
    for saver in savers:
        saver.is_ready.wait()
    print(json.dumps(measured(options, savers)), flush=True)


if __name__ == "__main__":
    main()
