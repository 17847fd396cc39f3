"""How fast edits and texts reach everyone in the room, and what that costs."""

import json
import subprocess
import sys

from harness.databases import DATABASES
from harness.machine import product
from harness.scenarios import Contestant, Row, Scenario
from harness.servers import Node, Pairloom, run_folder

SATURATED = (
    Row("deliveriesPerSecond", "deliveries/s", "{:,.0f}", True),
    Row("cpuPerMillion", "server CPU seconds per million deliveries", "{:.2f}", True),
    Row("serverLoad", "server: cores used", "{:.2f}"),
    Row("generatorLoad", "generator: cores used", "{:.2f}"),
    Row("refused", "messages refused", "{:,.0f}"),
    Row("missing", "deliveries that never came", "{:,.0f}"),
)
PACED = (
    Row("latencyP50", "latency p50, ms", "{:.2f}", True),
    Row("latencyP99", "latency p99, ms", "{:.2f}", True),
    Row("latencyMax", "latency max, ms", "{:.2f}", True),
    Row("cpuPerMillion", "server CPU seconds per million deliveries", "{:.2f}", True),
    Row("backlog", "deliveries on their way at the end", "{:,.0f}"),
    Row("refused", "messages refused", "{:,.0f}"),
    Row("missing", "deliveries that never came", "{:,.0f}"),
)


def trial(contestant, load, times):
    """One run against a fresh server, with a fresh database."""
    with run_folder() as folder, DATABASES[contestant.storage](folder) as database:
        is_node = contestant.server == "node"
        with Node(folder) if is_node else Pairloom(folder, database, contestant.policy) as server:
            arguments = f"--port {server.port} --pid {server.pid} {load} {contestant.load} {times}".split()
            run = subprocess.run([*product("pairloom-load"), *arguments], stdout=subprocess.PIPE, text=True)
            if run.returncode != 0:
                sys.exit(f"The run of {contestant.name} failed. The server said:\n{server.said}")
            return json.loads(run.stdout), server.ready_line


def saturated(title, load, contestants, ratios):
    return Scenario(
        title, f"--mode saturate {load}", contestants, ratios, SATURATED, trial, ("serverLoad", "generatorLoad"))


def dialects(title, load, replicas):
    """Edits in a short and in a long document against texts of 300 bytes, with so many clients of the library."""
    edits = f"--dialect change --replicas {replicas} --document"
    contestants = (
        Contestant("edits, 1 KB, merge", policy="merge", load=f"{edits} 1000"),
        Contestant("edits, 1 MB, merge", policy="merge", load=f"{edits} 1000000"),
        Contestant("texts, last-write-wins"),
        Contestant("texts, merge", policy="merge"),
    )
    return saturated(title, load, contestants, ((0, 2, "edits : texts"), (1, 0, "1 MB : 1 KB")))


BOTH = (Contestant("pairloom"), Contestant("node", server="node"))
RATIO = ((0, 1, "ratio"),)

SCENARIOS = (
    dialects("Edits and texts: one room of 50 members", "--rooms 1 --members 50 --writers 16 --window 1", replicas=2),
    dialects("Edits and texts: 50 rooms of 2 members", "--rooms 50 --members 2 --writers 2 --window 1", replicas=5),
    saturated(
        "Pairloom and Node: one room of 50 members, saturated", "--rooms 1 --members 50 --writers 5 --window 16",
        BOTH, RATIO),
    saturated(
        "Pairloom and Node: 50 rooms of 2 members, saturated", "--rooms 50 --members 2 --writers 2 --window 4",
        BOTH, RATIO),
    Scenario(
        "Pairloom and Node: 50 rooms of 2 members, 5,000 messages a second",
        "--mode fixed --rate 5000 --rooms 50 --members 2 --writers 2", BOTH, RATIO, PACED, trial),
)
