"""The reader on writers that nobody trained on, tuned with or wrote rules from, and on ordinary posts."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bench.datasets import TWEETS, cut, tweets
from bench.report import Report, Table, percent, share
from bench.scoring import Found
from bench.systems import System
from bench.timing import in_turns
from corpus import Item, post_of, read_all
from demur.caseload.index import CaseloadIndex
from demur.core.content import Post
from demur.core.people import Caseload
from demur.core.verdicts import Outcome, Verdict
from demur.engine import Engine
from demur.screening.reader.first import features, score
from demur.screening.reader.reader import CUES, Reader
from demur.screening.reader.tokens import tokens_of
from demur.workspace import build_engine, default_policy, default_reader, default_screen

SHARES = (0.02, 0.05, 0.10)
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """An item with what each way of reading makes of it; scores are log odds."""

    item: Item
    verdict: Verdict
    by_rules: Outcome
    linear: float
    network: float
    together: float

    @property
    def caught(self) -> bool:
        return self.verdict.outcome >= Outcome.ASK

    @property
    def referred(self) -> bool:
        return self.verdict.outcome >= Outcome.REFER


def judge(items: Sequence[Item]) -> list[Judged]:
    """Every item by the whole engine as it is shipped, by the rules alone, and by each model alone."""
    whole = build_engine(Caseload())
    rules = Engine(default_screen(), CaseloadIndex.build(Caseload()), default_policy())
    reader = default_reader()
    judged = []
    for item in items:
        post = post_of(item)
        found = default_screen().screen(post)
        reading = reader.read(post, found, always=True)
        alone = reader.read(post, (), always=True)
        assert reading is not None
        assert alone is not None
        judged.append(
            Judged(
                item,
                whole.check(post, reword=False),
                rules.check(post, reword=False).outcome,
                _linear(reader, post),
                reading.network,
                reading.hold,
            )
        )
    return judged


def _linear(reader: Reader, post: Post) -> float:
    return max(
        score(reader.first, features(tokens.ids, tokens.first), reader.calibration.first_bias)
        for tokens in tokens_of(post, reader.tokenizer)
    )


def measure(report: Report) -> None:
    judged = judge(list(report.track(list(read_all(test=True)), "Reading the test writers")))
    holds = [one for one in judged if one.item.verdict == "hold"]
    clears = [one for one in judged if one.item.verdict == "clear"]
    _compared(report, holds, clears)
    _shipped(report, judged)
    _parts(report, judged)
    _calibration(report, judged)
    _tweets(report)
    _speed(report)


def _compared(report: Report, holds: Sequence[Judged], clears: Sequence[Judged]) -> None:
    table = Table(
        f"Holds caught by test writers: {len(holds)} holds, {len(clears)} clear items",
        ["system", *[f"at {one:.0%} of clears flagged" for one in SHARES]],
        "Each system at the score that so many of the clear items reach. The rules have no score, so their one point"
        " is shown. Combined: the network, the linear first stage and the rules' findings, weighed.",
    )
    ways: dict[str, Callable[[Judged], float]] = {
        "linear (first stage)": lambda one: one.linear,
        "network": lambda one: one.network,
        "combined, as shipped": lambda one: one.together,
    }
    for name, scored in ways.items():
        cells = []
        for allowed in SHARES:
            ordered = sorted(map(scored, clears), reverse=True)
            above = ordered[int(len(ordered) * allowed)]
            caught = sum(scored(one) > above for one in holds) / len(holds)
            cells.append(share(caught))
            report.figures[f"reader.{name}.{allowed:.0%}"] = caught
        table.add(name, *cells)
    flagged = sum(one.by_rules >= Outcome.ASK for one in clears) / len(clears)
    caught = sum(one.by_rules >= Outcome.ASK for one in holds) / len(holds)
    table.add("rules alone", f"{share(caught)} at {percent(flagged)}")
    report.show(table)


def _shipped(report: Report, judged: Sequence[Judged]) -> None:
    outcomes = list(Outcome)
    table = Table(
        "The whole verdict on the test writers' items",
        ["label", "items", *[outcome.word for outcome in outcomes]],
        "Identifiers, mosaic and policy included. “Protected” are clear items about pay, hours, workload, staffing or"
        " safety among employees.",
    )
    groups: dict[str, Callable[[Judged], bool]] = {
        "hold": lambda one: one.item.verdict == "hold",
        "revise": lambda one: one.item.verdict == "revise",
        "clear": lambda one: one.item.verdict == "clear",
        "protected": _protected,
        "author in despair": lambda one: "crisis" in one.item.reasons and one.item.verdict == "clear",
    }
    for name, belongs in groups.items():
        group = [one for one in judged if belongs(one)]
        counts = [sum(one.verdict.outcome is outcome for one in group) for outcome in outcomes]
        table.add(name, str(len(group)), *map(str, counts))
        total = max(1, len(group))
        report.figures[f"reader.{name}.ask or stricter"] = sum(one.caught for one in group) / total
        report.figures[f"reader.{name}.refer or stricter"] = sum(one.referred for one in group) / total
    report.show(table)


def _protected(one: Judged) -> bool:
    return one.item.verdict == "clear" and "protected_concerted" in one.item.reasons


def _parts(report: Report, judged: Sequence[Judged]) -> None:
    table = Table(
        "The same by reason, role, language, writer, form and length",
        ["part", "holds", "caught (ask or stricter)", "refer or stricter", "clears", "clears flagged"],
        "Parts with fewer than ten of either are left out of that half.",
    )
    parts: dict[str, Callable[[Item], Sequence[str]]] = {
        "reason": lambda item: item.reasons,
        "role": lambda item: (post_of(item).role.value,),
        "language": lambda item: (item.language,),
        "writer": lambda item: (item.writer,),
        "form": lambda item: (item.form,),
        "thread": lambda item: ("a reply",) if item.reply_to else ("a post",),
        "length": lambda item: (
            "up to 60" if len(item.text) <= 60 else "61 to 200" if len(item.text) <= 200 else "more",
        ),
        "identifier": lambda item: ("with one",) if any(s.kind != "evidence" for s in item.spans) else ("without",),
    }
    for kind, values in parts.items():
        for value in sorted({value for one in judged for value in values(one.item)}):
            group = [one for one in judged if value in values(one.item)]
            holds = [one for one in group if one.item.verdict == "hold"]
            clears = [one for one in group if one.item.verdict == "clear"]
            if len(holds) < 10 and len(clears) < 10:
                continue
            table.add(
                f"{kind}: {value}",
                str(len(holds)),
                *(
                    [share(_mean(one.caught for one in holds)), share(_mean(one.referred for one in holds))]
                    if len(holds) >= 10
                    else ["", ""]
                ),
                str(len(clears)),
                share(_mean(one.caught for one in clears)) if len(clears) >= 10 else "",
            )
    report.show(table)


def _mean(values: object) -> float:
    return float(np.mean(list(values)))  # type: ignore[call-overload]


def _calibration(report: Report, judged: Sequence[Judged]) -> None:
    table = Table(
        "Calibration: what the reader says, and how many are holds",
        ["said", "items", "mean said", "holds"],
        "Of the test writers' items, all labels.",
    )
    said = np.array([1 / (1 + math.exp(-one.together)) for one in judged])
    held = np.array([one.item.verdict == "hold" for one in judged])
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (said >= low) & (said < low + 0.1 if low < 0.9 else said <= 1)
        if inside.any():
            table.add(
                f"{low:.1f} to {low + 0.1:.1f}",
                str(int(inside.sum())),
                share(float(said[inside].mean())),
                share(float(held[inside].mean())),
            )
            error += inside.mean() * abs(said[inside].mean() - held[inside].mean())
    report.figures["reader.calibration error"] = float(error)
    table.note += f" Expected calibration error {error:.3f}."
    report.show(table)


def _tweets(report: Report) -> None:
    path = report.file(*TWEETS)
    if path is None:
        return
    lines = tweets(path)
    reader, screen = default_reader(), default_screen()
    engine = build_engine(Caseload())
    asked = referred = read = cues = 0
    for line in report.track(lines, "Reading ordinary tweets"):
        post = Post(line)
        found = screen.screen(post)
        read += reader.read(post, found) is not None
        verdict = engine.check(post, reword=False)
        by_reader = any(
            f.category in CUES
            for reason in verdict.reasons
            if reason.outcome is not Outcome.ALLOW
            for f in reason.findings
        )
        cues += by_reader
        asked += verdict.outcome >= Outcome.ASK
        referred += verdict.outcome >= Outcome.REFER
    count = len(lines)
    table = Table(
        f"Ordinary tweets, {count:,}, author's role unknown", ["what", "share"], "Nobody in them is a client."
    )
    table.add("flagged for talk of clients or work (ask or stricter)", percent(cues / count))
    table.add("flagged for anything, identifiers included", percent(asked / count))
    table.add("refer or stricter", percent(referred / count))
    table.add("read by the network (the rest ends at the first stage)", percent(read / count))
    report.figures["reader.tweets.flagged"] = cues / count
    report.figures["reader.tweets.flagged for anything"] = asked / count
    report.figures["reader.tweets.read by the network"] = read / count
    report.show(table)


def _nothing(_: str) -> list[Found]:
    return []


def _speed(report: Report) -> None:
    path = report.file(*TWEETS)
    if path is None:
        return
    lines = tweets(path)
    reader, screen = default_reader(), default_screen()
    engine = build_engine(Caseload())
    rules = Engine(screen, CaseloadIndex.build(Caseload()), default_policy())

    def whole(text: str) -> None:
        engine.check(Post(text), reword=False)

    def always(text: str) -> None:
        reader.read(Post(text), (), always=True)

    systems = [
        System("Demur, whole verdict", whole, _nothing),
        System("the network for every post", always, _nothing),
        System("rules and policy alone", lambda text: rules.check(Post(text), reword=False), _nothing),
    ]
    drafts = cut(lines, 200, 600 * ROUNDS)
    timed = in_turns(report, systems, [drafts[number::ROUNDS] for number in range(ROUNDS)], "200 characters", {})
    bulk = in_turns(report, systems, [lines[number::ROUNDS][:1500] for number in range(ROUNDS)], "Bulk", {})
    table = Table(
        "Time of the reader, one thread, warm",
        ["system", "200 characters p50", "p95", "tweets a second"],
        "Milliseconds, the best round of three. Beside rules and policy alone, which read nothing.",
    )
    for name, one in timed.items():
        table.add(name, f"{one.at(0.5):.2f}", f"{one.at(0.95):.2f}", f"{bulk[name].per_second:,.0f}")
        report.figures[f"reader.{name}.p95"] = one.at(0.95)
        report.figures[f"reader.{name}.posts"] = bulk[name].per_second
    report.show(table)
