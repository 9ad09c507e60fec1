"""The report as one page that stands alone (HTML), and as an accessible PDF of it.

No script, no address that is loaded, nothing of anybody else. Every text of an export is escaped.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from html import escape

from demur.audit.pictures import bars, columns
from demur.audit.report import (
    OfKind,
    Report,
    Seen,
    View,
    day_of,
    named,
    remedy_of,
    same_posts,
    short_title_of,
    title_of,
    where_of,
)
from demur.audit.weighing import Shown
from demur.core.accounts import Audience
from demur.core.citations import citations
from demur.core.exposures import Exposure, ExposureKind, Urgency
from demur.core.posted import OwnProfile, PostedKind

_SOON = {Urgency.FIRST: "First", Urgency.SOON: "Soon", Urgency.LATER: "When there is time"}
_SAW = {
    Audience.PUBLIC: "seen by anybody",
    Audience.FRIENDS: "seen by friends or followers",
    Audience.CLOSE_FRIENDS: "seen by close friends",
    None: "the export doesn't say who saw it",
}
_NO_WORDS = " What posts and profiles say was not kept, so only their days stand here."
_MOST_CITED = 2
_STYLE = """
:root { color-scheme: light dark; --ink: #1c1e21; --paper: #faf9f6; --line: #84827c; --soft: #54585e;
  --accent: #1b5e5a }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eceae5; --paper: #16181a; --line: #7c8187; --soft: #b3b6ba; --accent: #84cdc5 } }
body { margin: 0 auto; max-width: 46rem; padding: 1rem; font: 1rem/1.6 system-ui, sans-serif; color: var(--ink);
  background: var(--paper) }
h1, h2, h3 { line-height: 1.25 } h2 { margin-top: 2.5rem } .soft { color: var(--soft) }
svg { width: 100%; max-width: 30rem; height: auto; color: var(--accent) } svg text { fill: var(--ink) }
ol, ul { padding-left: 1.4rem } li { margin-bottom: .7rem } li p { margin: .1rem 0 } q { font-style: italic }
article { border-top: 1px solid var(--line); padding-top: .4rem } .wrap { overflow-wrap: anywhere }
table { border-collapse: collapse }
th, td, caption { text-align: left; padding: .15rem 1rem .15rem 0; vertical-align: top }
tbody th { font-weight: normal } td { font-variant-numeric: tabular-nums }
@page { size: A4; margin: 18mm }
@media print { body { max-width: none; padding: 0; background: none; font-size: 10pt; line-height: 1.4 }
  article, li { break-inside: avoid } }
"""


def as_html(report: Report) -> str:
    """The whole report as a page."""
    parts = [
        "<h1>What a client could see of you</h1>",
        f"<p>{_lead(report)}</p>",
        _partial(report),
        # Whoever names somebody they serve hears first of all what to do, and that they aren't alone with it.
        *(_kind(report, kind) for kind in report.kinds if kind.kind is ExposureKind.NAMED),
        _kinds_and_years(report),
        _questions(report),
        *(_kind(report, kind) for kind in report.kinds if kind.kind is not ExposureKind.NAMED),
        "<h2>See yourself as a client would</h2>",
        f"<p>As far as the data tells. The newest posts first.{'' if report.words_kept else _NO_WORDS}</p>",
        *(_view(view) for view in report.views),
        _looked_at(report),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex"><title>What a client could see of you</title>'
        f"<style>{_STYLE}</style></head><body><main>{''.join(parts)}</main></body></html>\n"
    )


def as_pdf(report: Report) -> bytes:
    """The same page as a PDF with tags, for screen readers (PDF/UA). Raises OSError where Pango is not installed."""
    from weasyprint import HTML

    # It warns of styles that only browsers know, and may name what stood in a post.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)

    def nothing(url: str, *_: object, **__: object) -> dict[str, object]:
        # INVARIANT: a report loads nothing, whatever somebody wrote into a post.
        raise ValueError("nothing is loaded")

    written = HTML(string=as_html(report), url_fetcher=nothing).write_pdf(pdf_variant="pdf/ua-1")
    assert isinstance(written, bytes)
    return written


def _lead(report: Report) -> str:
    if not report.kinds:
        return (
            "Nothing here is what a client shouldn't see, as far as we can see. Nothing found is not the same as "
            "nothing there."
        )
    new = len(report.new)
    said = f"{_counted(len(report.everything), 'thing', 'things')} to look at, the worst first."
    if report.new and new < len(report.everything):
        said += f" {_counted(new, 'is', 'are')} new since last time."
    elif not report.new:
        said += " Nothing is new since last time."
    if report.done:
        said += f" {_counted(len(report.done), 'is', 'are')} done."
    return said


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _partial(report: Report) -> str:
    if report.complete and not report.partial:
        return ""
    lines = (
        [] if report.complete else ["<li>The audit was stopped before its end. Start it again, and it goes on.</li>"]
    )
    lines += [
        f'<li class="wrap">{escape(skipped.place.member or skipped.place.part)}: {escape(skipped.why)}</li>'
        for skipped in report.partial[:30]
    ]
    if len(report.partial) > 30:
        lines.append(f"<li>And {len(report.partial) - 30} more.</li>")
    return f"<section><h2>This report is partial</h2><ul>{''.join(lines)}</ul></section>"


def _kinds_and_years(report: Report) -> str:
    if not report.kinds:
        return ""
    rows = [(short_title_of(kind.kind), kind.count) for kind in report.kinds]
    table = "".join(
        f'<tr><th scope="row">{escape(kind.title)}</th><td>{kind.count}</td><td>{kind.new}</td></tr>'
        for kind in report.kinds
    )
    return (
        f"<section><h2>What there is</h2>{bars(rows, 'Exposures by kind')}"
        '<table><caption class="soft">The same in figures</caption><thead><tr><th scope="col">What</th>'
        f'<th scope="col">All</th><th scope="col">New</th></tr></thead><tbody>{table}</tbody></table>'
        f"{_years(report)}</section>"
    )


def _years(report: Report) -> str:
    if not report.years:
        return ""
    listed = ", ".join(f"{year}: {sum(kinds.values())}" for year, kinds in report.years.items())
    return f"<h3>When</h3>{columns(report.years, 'Exposures by year')}<p class='soft'>{escape(listed)}</p>"


def _questions(report: Report) -> str:
    if not report.questions:
        return ""
    told: set[str] = set()
    asked = "".join(
        f"<li><p>{escape(question.text)}</p><p class='soft'>{escape(_cited(question.cites, told))}</p></li>"
        for question in report.questions
    )
    return f"<section><h2>Questions only you can answer</h2><ol>{asked}</ol></section>"


def _cited(cites: Iterable[str], told: set[str]) -> str:
    """What the codes say; those told above by their name alone."""
    known = citations()
    said = []
    for cite in cites:
        if cite in known:
            said.append(
                known[cite].label if cite in told else f"{known[cite].label}: {known[cite].says}".removesuffix(".")
            )
            told.add(cite)
    return f"{'; '.join(said)}." if said else ""


def _kind(report: Report, kind: OfKind) -> str:
    more = kind.count - len(kind.listed)
    rest = f"<p class='soft'>And {more} more: they are all in the table.</p>" if more else ""
    told: set[str] = set()
    advice = "".join(
        f"<p>{escape(one.text)}</p>" + (f"<p class='soft'>{escape(_cited(one.cites, told))}</p>" if one.cites else "")
        for one in kind.advice
    )
    also = same_posts(report)
    rows = "".join(_exposure(report, one, told, also.get(one.post, ())) for one in kind.listed)
    return f"<section><h2>{escape(kind.title)}</h2>{advice}<ol>{rows}</ol>{rest}</section>"


def _exposure(report: Report, one: Exposure, told: set[str], kinds: tuple[ExposureKind, ...]) -> str:
    marks = [_SOON[one.urgency]]
    if one.fingerprint in report.done:
        marks.append("done")
    elif one.fingerprint in report.new and len(report.new) < len(report.everything):
        marks.append("new")
    where = where_of(one)
    saw = f", {_SAW[one.audience]}" if one.posted is not None else ""
    when = f", {day_of(one.when)}" if one.when is not None else ""
    quoted = f'<p class="wrap" dir="auto"><q>{escape(one.text)}</q></p>' if one.text else ""
    cited = f"<p class='soft'>{escape(_cited(one.cites[:_MOST_CITED], told))}</p>" if one.cites else ""
    address = f'<a href="{escape(where.link)}" rel="noreferrer">{escape(where.link)}</a>' if where.link else ""
    others = "”, “".join(escape(title_of(kind)) for kind in kinds if kind is not one.kind)
    said = "post is" if one.posted is not PostedKind.BIO else "words are"
    same = f"The same {said} also under “{others}”." if others else ""
    found = " ".join(part for part in (escape(where.on_network), address, escape(where.in_export), same) if part)
    return (
        f"<li><p><strong>{escape(', '.join(marks))}.</strong> {escape(one.why)}</p>{quoted}"
        f"<p>{escape(remedy_of(one))}</p>"
        f'<p class="soft wrap">{named(one.network)}{when}{saw}. {found}</p>{cited}</li>'
    )


def _view(view: View) -> str:
    seen = "".join(_seen(one) for one in view.seen) or "<p>No post and no profile was in the exports.</p>"
    unknown = "".join(f"<li>{escape(one)}</li>" for one in view.unknown)
    title = escape(view.title)
    return f"<article><h3>{title}</h3>{seen}<p>What nobody can tell from exports:</p><ul>{unknown}</ul></article>"


def _seen(seen: Seen) -> str:
    profile = _profile(seen.profile) if seen.profile is not None else ""
    posts = "".join(
        f"<li class='wrap' dir='auto'>{day_of(shown.when)}{_perhaps(seen, shown)}{_said(shown)}</li>"
        for shown in seen.newest
        if shown.when is not None
    )
    return f"<p><strong>{named(seen.network)}.</strong> {profile}{_posts(seen)}</p>" + (
        f"<ul>{posts}</ul>" if posts else ""
    )


def _posts(seen: Seen) -> str:
    """How many posts somebody sees, and of how many nobody can tell."""
    closed = "Your export says that only people you accepted see it. " if seen.closed else ""
    posts = _counted(seen.posts, "post", "posts")
    if not seen.unsure:
        return f"{closed}Sees {posts}."
    unsure = (
        "the export doesn't say who sees it: take it for public."
        if seen.unsure == 1
        else "the export doesn't say who sees them: take them for public."
    )
    if not seen.posts:
        return f"{closed}Of {_counted(seen.unsure, 'post', 'posts')}, {unsure}"
    return f"{closed}Sees {posts}. Of {seen.unsure:,} more, {unsure}"


def _perhaps(seen: Seen, shown: Shown) -> str:
    return " (perhaps)" if shown.audience is None and seen.unsure else ""


def _said(shown: Shown) -> str:
    photos = _counted(shown.photos, "photo", "photos") if shown.photos else ""
    said = escape(shown.text) or photos
    return f": {said}" if said else ""


def _profile(profile: OwnProfile) -> str:
    said = [part for part in (profile.name, f"@{profile.handle.lstrip('@')}" if profile.handle else "") if part]
    named = f"Named {escape(', '.join(said))}. " if said else ""
    return named + (f"It says: <q class='wrap'>{escape(profile.bio)}</q> " if profile.bio else "")


def _looked_at(report: Report) -> str:
    rows = "".join(f"<tr><th scope='row'>{escape(what)}</th><td>{count}</td></tr>" for what, count in report.counts)
    unread = "".join(f" {escape(one)}" for one in report.unread)
    return (
        f"<section><h2>What was looked at</h2><p>On {day_of(report.as_of)}, on this computer. Private messages are "
        f"never read, and whose faces they are, nobody looks.{unread}</p><table><tbody>{rows}</tbody></table></section>"
    )
