"""How often ordinary tweets are flagged, though nobody in them is anybody's client."""

from __future__ import annotations

from collections import Counter

from bench import caseloads
from bench.datasets import TWEETS, tweets
from bench.report import Report, Table, percent
from bench.systems import CLIENT, demur, installed, peers, presidio
from demur.core.findings import Category

CLIENTS = 120
LISTS = 3


def measure(report: Report) -> None:
    path = report.file(*TWEETS)
    if path is None:
        return
    lines = tweets(path)
    _caseload(report, lines)
    _rules(report, lines)


def _caseload(report: Report, lines: list[str]) -> None:
    held, possible = Counter[str](), Counter[str]()
    for seed in report.track(range(1, LISTS + 1), "False alarms of names"):
        clients = caseloads.draw(CLIENTS, seed)
        systems = [demur(clients, "Demur, caseload")]
        if installed("presidio-analyzer"):
            whole = [client.full_name for client in clients]
            every = {*whole, *(name for client in clients for name in (client.given_name, client.family_name))}
            systems.append(presidio(whole, "Presidio, whole names", [CLIENT]))
            systems.append(presidio(sorted(every), "Presidio, every name by itself", [CLIENT]))
        for system in systems:
            held[system.name] = held[system.name]
            for line in lines:
                found = [finding.held for finding in system.find(line) if CLIENT in finding.types]
                held[system.name] += any(found)
                possible[system.name] += bool(found) and not any(found)
    table = Table(
        f"False alarms of names, {len(lines):,} tweets, {LISTS} lists of {CLIENTS} names",
        ["system", "above possible", "possible only"],
        "Share of tweets. Names are drawn by how common they are in the US Census of 2020. Tweets are full of"
        " celebrities, some of whom share a first name with a client. A deny list has one level.",
    )
    total = LISTS * len(lines)
    for name in held:
        table.add(name, percent(held[name] / total), percent(possible[name] / total) if name.startswith("D") else "")
    report.figures["false-alarms.caseload.held"] = held["Demur, caseload"] / total
    report.figures["false-alarms.caseload.possible"] = possible["Demur, caseload"] / total
    report.show(table)


def _rules(report: Report, lines: list[str]) -> None:
    own, others = demur(), peers()
    counts: dict[str, Counter[str]] = {"held": Counter(), "possible": Counter()}
    by_peer: dict[str, Counter[str]] = {system.name: Counter() for system in others}
    for line in report.track(lines, "False alarms of rules"):
        found = own.find(line)
        held = {finding.label for finding in found if finding.held}
        only_possible = {finding.label for finding in found} - held
        counts["held"].update(held or ())
        counts["possible"].update(only_possible)
        counts["held"]["any"] += bool(held)
        counts["possible"]["any"] += bool(found) and not held
        for system in others:
            labels = {finding.label for finding in system.find(line)}
            by_peer[system.name].update(labels)
            by_peer[system.name]["any"] += bool(labels)
    table = Table(
        f"False alarms of rules, {len(lines):,} tweets: share of tweets with a finding",
        ["category", "above possible", "possible only"],
        "By Demur's rules without a caseload. A tweet with a real link, phone number or date is flagged rightly; the"
        " figures don't know it. “protected-concerted” is found so that pay and staffing talk is left alone.",
    )
    table.add("any", *[percent(counts[level]["any"] / len(lines)) for level in ("held", "possible")])
    for category in sorted(
        (category.value for category in Category), key=lambda name: (-counts["held"][name], -counts["possible"][name])
    ):
        if counts["held"][category] or counts["possible"][category]:
            table.add(category, *[percent(counts[level][category] / len(lines)) for level in ("held", "possible")])
    report.show(table)
    report.figures["false-alarms.rules.held"] = counts["held"]["any"] / len(lines)
    report.figures["false-alarms.rules.possible"] = counts["possible"]["any"] / len(lines)
    table = Table(
        f"False alarms of peers, {len(lines):,} tweets: share of tweets with a finding",
        ["system, kind", "any finding"],
        "Default detectors and thresholds. scrubadub's are nearly all the @user that stands for a handle in this set.",
    )
    for name, found_kinds in by_peer.items():
        for kind, count in found_kinds.most_common():
            table.add(f"{name}, {kind}", percent(count / len(lines)))
    report.show(table)
