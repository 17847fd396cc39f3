"""How fast a room takes real editing histories."""

import gzip
import json
import subprocess

from harness.machine import ROOT, product
from harness.servers import run_folder

TITLE = "Replay of real editing histories"

# See README.md.
TRACES = ROOT / "Tests/RoomsTests/Traces"
HISTORIES = ("sveltecomponent", "json-crdt-patch")


def table_row(name, traces):
    """How fast a room takes one editing history, as a row of a table."""
    packed = traces / f"{name}.json.gz"
    if not packed.exists():
        return f"| {name} | skipped: there is no {name}.json.gz | |"
    with run_folder() as folder:
        history = folder / "history.json"
        history.write_bytes(gzip.decompress(packed.read_bytes()))
        run = subprocess.run([*product("room-replay"), str(history)], stdout=subprocess.PIPE, text=True, check=True)
    report = json.loads(run.stdout)
    speeds = " / ".join(f"{report[key]:,.0f}" for key in ("slowest", "median", "fastest"))
    return f"| {name} | {report['edits']:,} | {speeds} |"


def section(traces):
    """All of them as a section of the results."""
    lines = ["| history | edits | edits/s |", "|---|---:|---:|"]
    lines += [table_row(name, traces) for name in HISTORIES]
    return [f"## {TITLE}", "\n".join(lines)]
