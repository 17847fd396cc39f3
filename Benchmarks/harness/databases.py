"""The databases that rooms are kept in: one of its own for each trial."""

import os
import pathlib
import sqlite3
import subprocess
import sys

import psycopg2

from harness.machine import ROOT, SERVER_CORE, WORK

# By how many changes each room is ahead of its snapshot. The tables have the same names in both databases.
TAILS = """
    SELECT rooms.id, rooms.revision - snapshots.revision FROM {schema}rooms AS rooms
    JOIN {schema}snapshots AS snapshots ON snapshots.room = rooms.id
"""


class SQLite:
    """A file."""

    def __init__(self, folder):
        self.path = pathlib.Path(folder) / "rooms.db"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """The file goes with its folder."""

    @property
    def config(self):
        """The section of config.yaml."""
        return f"storage:\n  provider: sqlite\n  sqlite:\n    path: {self.path}\n"

    @property
    def place(self):
        """Where the naive writer is to write."""
        return f"--sqlite {self.path}"

    def written(self, pid):
        """How many bytes a process has handed to the disk so far, see proc(5)."""
        for line in pathlib.Path(f"/proc/{pid}/io").read_text().splitlines():
            name, _, count = line.partition(": ")
            if name == "write_bytes":
                return int(count)
        raise LookupError("this kernel does not count what processes write")

    def tails(self):
        """For each room, how many changes would have to be replayed; to be asked while the server runs."""
        connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        try:
            return dict(connection.execute(TAILS.format(schema="")))
        finally:
            connection.close()


class Postgres:
    """A server on the core of what is measured, with its data on the disk of this checkout."""

    def __init__(self, folder):
        del folder  # Where another user may not go.

    def __enter__(self):
        self.process = subprocess.Popen(
            ["taskset", "-c", SERVER_CORE, str(ROOT / "scripts/throwaway-postgres"), "--durable"],
            env={**os.environ, "TMPDIR": str(WORK)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            sys.exit("PostgreSQL did not start.")
        return self

    def __exit__(self, *_):
        self.process.communicate()

    @property
    def config(self):
        return f"storage:\n  provider: postgres\n  postgres:\n    url: {self.url}\n"

    @property
    def place(self):
        return f"--postgres {self.url}"

    def written(self, pid):
        """How many bytes the database has written to its log so far, whoever made it."""
        del pid
        return int(self.rows("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')")[0][0])

    def tails(self):
        return dict(self.rows(TAILS.format(schema="pairloom.")))

    def rows(self, sql):
        connection = psycopg2.connect(self.url)
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall()
        finally:
            connection.close()


DATABASES = {"sqlite": SQLite, "postgres": Postgres}
TITLES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
