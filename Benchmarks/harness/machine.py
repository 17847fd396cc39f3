"""Where everything is, what runs on which core, and what machine this is."""

import json
import os
import pathlib
import platform
import re
import socket
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "Benchmarks"
PRODUCTS = BENCHMARKS / ".build/release"
PAIRLOOM = ROOT / ".build/release/pairloom"
# On the disk of this checkout: the usual folder for temporary files may be memory.
WORK = BENCHMARKS / ".build/runs"
NODE_MODULES = "/usr/share/nodejs"
SERVER_CORE, GENERATOR_CORE = "0", "1"


def build(binary):
    """Builds what is to be measured, in release; the server only where no other one is to be measured."""
    if binary == PAIRLOOM:
        subprocess.run(["swift", "build", "-c", "release", "--product", "pairloom"], cwd=ROOT, check=True)
    for product in ("pairloom-load", "pairloom-saves", "room-replay", "rules-latency"):
        subprocess.run(["swift", "build", "-c", "release", "--product", product], cwd=BENCHMARKS, check=True)


def product(name):
    """The command that runs one of our own programs on the core for generators."""
    return ["taskset", "-c", GENERATOR_CORE, str(PRODUCTS / name)]


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def first_line(*command):
    """The first line that a command prints."""
    return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()[0]


def described():
    """The machine and the versions of everything, as Markdown."""
    cpu = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    system = re.search(r'PRETTY_NAME="(.*)"', pathlib.Path("/etc/os-release").read_text())
    ws = json.loads(pathlib.Path(NODE_MODULES, "ws/package.json").read_text())["version"]
    swift = re.search(r"Swift version \S+", first_line("swift", "--version"))
    programs = first_line(str(ROOT / "scripts/throwaway-postgres"), "--programs")
    return "\n".join([
        f"- {cpu.group(1) if cpu else platform.machine()}, {os.cpu_count()} cores, "
        f"{system.group(1) if system else platform.system()}, Linux {platform.release()}",
        f"- {swift.group(0) if swift else 'Swift'}, Node {first_line('node', '--version')}, ws {ws}, "
        f"Python {platform.python_version()}, {first_line(programs + '/postgres', '--version')}",
    ])


def require_two_cores():
    if (os.cpu_count() or 1) < 2:
        sys.exit("The server and the generator need a core each; this machine has one.")
