"""Which exposure a finding makes, from `kinds.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from demur.core.accounts import Audience
from demur.core.exposures import ExposureKind, Remedy, Urgency
from demur.core.findings import Category, Confidence, Finding

_FIELDS = frozenset({"id", "categories", "rules", "why", "remedy", "public", "friends", "cites"})


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of exposure, as the data tells it."""

    kind: ExposureKind
    why: str
    remedy: Remedy
    public: Urgency
    friends: Urgency
    cites: tuple[str, ...]
    """Ids of `core.citations` that speak of what somebody shows of themselves, or of clients: none fits both."""

    def urgency(self, audience: Audience | None) -> Urgency:
        """How soon, by who saw it; what is not known counts as public."""
        return self.public if audience in (None, Audience.PUBLIC) else self.friends


@cache
def _jobs() -> re.Pattern[str]:
    rows = tomllib.loads(files("demur.audit").joinpath("jobs.toml").read_text("utf-8"))
    jobs = "|".join(re.escape(job).replace(r"\ ", r"[ \-]") for job in rows["jobs"])
    others = "|".join(re.escape(one) for one in rows["of_others"])
    return re.compile(rf"(?<!\w)(?P<of_others>(?:{others}) (?:\w{{1,20}} )?)?(?:{jobs})(?!\w)", re.IGNORECASE)


def tells_work(bio: str) -> bool:
    """Whether a profile names the kind of work that its owner does with people."""
    return any(not found["of_others"] for found in _jobs().finditer(bio))


@cache
def _kinds() -> tuple[dict[str, Kind], dict[Category, Kind]]:
    by_rule: dict[str, Kind] = {}
    by_category: dict[Category, Kind] = {}
    for row in tomllib.loads(files("demur.audit").joinpath("kinds.toml").read_text("utf-8"))["kind"]:
        if unknown := sorted(row.keys() - _FIELDS):
            raise ValueError(f"kinds.toml, {row.get('id')}: unknown {', '.join(unknown)}")
        kind = Kind(
            ExposureKind.read(row["id"]),
            row["why"],
            Remedy.read(row["remedy"]),
            Urgency[row["public"].upper()],
            Urgency[row["friends"].upper()],
            tuple(row["cites"]),
        )
        for rule in row.get("rules", ()):
            by_rule[rule] = kind
        for category in row.get("categories", ()):
            by_category[Category.read(category)] = kind
    return by_rule, by_category


def kind_of(finding: Finding) -> Kind | None:
    """The exposure that a finding makes; None where it makes none, or is only possible."""
    by_rule, by_category = _kinds()
    if finding.confidence is Confidence.POSSIBLE:
        return None
    return by_rule.get(finding.rule) or by_category.get(finding.category)


def kind_called(kind: ExposureKind) -> Kind:
    """The kind of exposure under its own name. Raises KeyError where `kinds.toml` has none."""
    _, by_category = _kinds()
    return {one.kind: one for one in by_category.values()}[kind]
