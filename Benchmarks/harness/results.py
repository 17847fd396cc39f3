"""The results as Markdown."""

import datetime
import statistics

from harness import machine


def cell(row, values):
    """Minimum / median / maximum; nothing where there is nothing to say."""
    if not values:
        return ""
    return " / ".join(row.form.format(value) for value in (values[0], statistics.median(values), values[-1]))


def ratio(row, first, second):
    """The ratio of the medians."""
    if not row.is_compared or not first or not second or not statistics.median(second):
        return ""
    return f"{statistics.median(first) / statistics.median(second):.2f}"


def table(scenario, reports):
    """One scenario: minimum / median / maximum of each contestant, and ratios of the medians."""
    titles = [contestant.name for contestant in scenario.contestants] + [title for _, _, title in scenario.ratios]
    lines = ["| | " + " | ".join(titles) + " |", "|---|" + "---:|" * len(titles)]
    for row in scenario.rows:
        values = [
            sorted(report[row.key] for report in reports[contestant] if report.get(row.key) is not None)
            for contestant in scenario.contestants
        ]
        cells = [cell(row, column) for column in values]
        cells += [ratio(row, values[first], values[second]) for first, second, _ in scenario.ratios]
        lines.append(f"| {row.title} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def section(scenario, reports):
    """One scenario: what each contestant was asked to do, and the table."""
    loads = [f"- {contestant.name}: `{contestant.load}`" for contestant in scenario.contestants if contestant.load]
    return [f"## {scenario.title}", f"`{scenario.load}`", "\n".join(loads), table(scenario, reports)]


def disturbance(scenarios, reports):
    """A warning when a server or the generator did not get the time that it wanted; empty otherwise."""
    busiest = [
        max(report[key] for key in scenario.limits)
        for scenario in scenarios if scenario.limits for runs in reports[scenario].values() for report in runs
    ]
    if min(busiest, default=1) >= 0.85:
        return ""
    return (
        "**These figures are no good for comparisons.** Other programs ran on this machine: in one of the saturated "
        f"trials neither the server nor the generator got more than {min(busiest):.0%} of its core.")


def document(scenarios, reports, ready, more, trials, times):
    """RESULTS.md: the scenarios, and more sections after them."""
    servers = "\n".join(f"- {name}: {line.split(' is ready')[0]}" for name, line in ready.items())
    sections = [
        "# Results",
        f"Written by `Benchmarks/run` on {datetime.date.today().isoformat()}. README.md says what is measured and how.",
        machine.described() + "\n" + servers,
        f"Each cell is minimum / median / maximum of {trials} trials (`{times}`); a ratio is that of the medians.",
        disturbance(scenarios, reports),
    ]
    for scenario in scenarios:
        sections += section(scenario, reports[scenario])
    return "\n\n".join(part for part in sections + more if part) + "\n"
