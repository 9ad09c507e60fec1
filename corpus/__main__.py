"""`python -m corpus`: what the corpus holds, and how far two labellings of it agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus import VERDICTS, Item, read_all, second_labels


def agreement(pairs: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """The share of pairs that are alike, and Cohen's kappa."""
    alike = sum(first == second for first, second in pairs) / len(pairs)
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    by_chance = sum(firsts[verdict] * seconds[verdict] for verdict in VERDICTS) / len(pairs) ** 2
    return alike, (alike - by_chance) / (1 - by_chance)


def _counted(name: str, items: Sequence[Item]) -> None:
    verdicts = Counter(item.verdict for item in items)
    veiled = [item for item in items if item.verdict == "hold" and all(span.kind == "evidence" for span in item.spans)]
    parts = ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in VERDICTS)
    spanish, answers = sum(item.language != "en" for item in items), sum(bool(item.reply_to) for item in items)
    print(f"{name}: {len(items)} items ({parts}); {len(veiled)} holds without name or identifier;", end=" ")
    print(f"{spanish} in Spanish or mixed; {answers} answer something.")


def main() -> None:
    own, test = list(read_all(test=False)), list(read_all(test=True))
    _counted("To train on", own)
    _counted("Test writers", test)
    labels = {(item.writer, item.number): item.verdict for item in [*own, *test]}
    pairs = [(labels[place], second) for place, second in second_labels().items()]
    alike, kappa = agreement(pairs)
    print(f"Labelled twice: {len(pairs)} items, {alike:.1%} alike, Cohen's kappa {kappa:.2f}.")
    for (first, second), count in Counter(pairs).most_common():
        if first != second:
            print(f"  {count:>3} were {first}, and {second} to the second reader")


if __name__ == "__main__":
    main()
