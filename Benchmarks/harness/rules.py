"""How long the built-in rules take to suggest something."""

import json
import subprocess

from harness.machine import product

TITLE = "Suggestions of the rules"


def cell(report):
    """The times of one language and one length."""
    return " / ".join(f"{report[key] / 1000:.2f}" for key in ("p50", "p99", "slowest"))


def section():
    """All languages and lengths as a section of the results."""
    run = subprocess.run(product("rules-latency"), stdout=subprocess.PIPE, text=True, check=True)
    reports = json.loads(run.stdout)
    lengths = sorted({report["length"] for report in reports})
    lines = ["| language | " + " | ".join(f"{length // 1000:,} KB" for length in lengths) + " |",
             "|---|" + "---:|" * len(lengths)]
    for language in dict.fromkeys(report["language"] for report in reports):
        cells = {report["length"]: cell(report) for report in reports if report["language"] == language}
        lines.append(f"| {language} | " + " | ".join(cells[length] for length in lengths) + " |")
    return [f"## {TITLE}", "p50 / p99 / slowest in milliseconds, by the length of the document.", "\n".join(lines)]
