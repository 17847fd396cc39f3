"""What is measured: scenarios, and the contestants that take turns in them."""

import dataclasses
import typing


@dataclasses.dataclass(frozen=True)
class Contestant:
    """A server as it is set up, and what its clients do: one column of a table."""

    name: str
    server: str = "pairloom"
    policy: str = "last-write-wins"
    storage: str = "sqlite"
    load: str = ""


@dataclasses.dataclass(frozen=True)
class Row:
    """One figure of a report: its key, what it means, how it is written."""

    key: str
    title: str
    form: str
    # Whether the ratio of two contestants means something.
    is_compared: bool = False


@dataclasses.dataclass(frozen=True)
class Scenario:
    """What all contestants are asked to do in turn: one table."""

    title: str
    load: str
    contestants: tuple
    # What is compared: the places of two contestants, and what the ratio of the first to the second is called.
    ratios: tuple
    rows: tuple
    # Runs a contestant once: takes it, the load and the times; gives its report and the line its server began with.
    trial: typing.Callable
    # The keys of those figures of which one must be near 1 for the scenario to be worth anything.
    limits: tuple = ()

    def of_server(self, server):
        """The same with the contestants of one server; all of them when it is None."""
        contestants = tuple(c for c in self.contestants if server in (None, c.server))
        if len(contestants) == len(self.contestants):
            return self
        return dataclasses.replace(self, contestants=contestants, ratios=())


def summary(scenario, report):
    """The first figures of a report, for those who watch."""
    cells = [f"{row.title} {row.form.format(report[row.key])}" for row in scenario.rows[:4] if report.get(row.key)]
    return ", ".join(cells)


def measure(scenarios, trials, times):
    """All scenarios: the reports of each contestant, and the line each server began with. The contestants take turns,
    so that what else the machine does hits them alike."""
    reports = {scenario: {contestant: [] for contestant in scenario.contestants} for scenario in scenarios}
    ready = {}
    for scenario in scenarios:
        print(f"\n{scenario.title}", flush=True)
        for number in range(1, trials + 1):
            for contestant in scenario.contestants:
                report, line = scenario.trial(contestant, scenario.load, times)
                reports[scenario][contestant].append(report)
                if line:
                    ready[contestant.server] = line
                print(f"  trial {number}, {contestant.name}: {summary(scenario, report)}", flush=True)
    return reports, ready
