"""
What leaked, and what was damaged, in the envelopes of one program.

Leaks are looked for in the raw bytes of every envelope, whatever item they stand in; where an item
is JSON, the path of the field is told as well. Damage is what the raw run had and the scrubbed run
has no longer: types, functions, modules, lines, names of files of the program, and the plain words
of its messages. Words that hold or touch a planted value, and pieces of paths, are not asked for.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from tests.extras.crashes.planted import NATURAL, STREWN, needles, planted, strewn_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.extras.crashes.running import Program, Run

_FRAME_FACTS: Final = ("function", "module", "lineno", "in_app")
_WORD: Final = re.compile(r"(?<![\w\\/@.%&#\-=+\x00])[A-Za-z][A-Za-z_]+(?![\w\\/@%&#\-=+\x00])")
_STREWN: Final = "strewn."


@dataclass(frozen=True, slots=True)
class Leak:
    """One value that arrived.

    Attributes:
        value: the name of the value.
        form: how it was written.
        where: the kind of the item and the path of the field.
    """

    value: str
    form: str
    where: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in one run.

    Attributes:
        leaks: values that arrived.
        kept: how many things stayed of those that must.
        lost: the others, each with its place and how often.
        unplanted: what the program says it plants or keeps that is not in the raw run either.
    """

    leaks: tuple[Leak, ...]
    kept: int
    lost: tuple[tuple[str, int], ...]
    unplanted: tuple[str, ...]

    @property
    def gone(self) -> int:
        """How many things did not stay."""
        return sum(number for _, number in self.lost)


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401  # JSON
    """Give every string of a JSON value with its path, keys too."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        label = value.get("category") if "breadcrumbs" in path else None
        place = f"{path}<{label}>" if label else path
        for key, item in value.items():
            yield f"{place}.(key)", key
            yield from strings(item, f"{place}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from strings(item, f"{path}[]")
    elif isinstance(value, (int, float)):
        yield path, str(value)


def texts(run: Run) -> Iterator[tuple[str, str]]:
    """Give every text that arrived, with its place: fields of JSON, and other payloads whole."""
    for envelope in run.envelopes:
        for path, text in strings(envelope.header):
            yield f"header{path}", text
        for item in envelope.items:
            for path, text in strings(item.header):
                yield f"{item.kind}:header{path}", text
            content = item.content
            if content is None:
                yield f"{item.kind}:payload", item.payload.decode("utf-8", "replace")
            for path, text in strings(content):
                yield f"{item.kind}:{path.lstrip('.')}", text


def leaks(run: Run) -> list[Leak]:
    """Give every value that arrived, once for each form and place."""
    raw = "\n".join(one.raw.decode("utf-8", "replace") for one in run.envelopes)
    lowered = raw.lower()
    fields: dict[str, set[str]] = {}
    for place, text in texts(run):
        fields.setdefault(text, set()).add(place)
    joined = "\n".join(fields)
    joined_lowered = joined.lower()
    found: dict[tuple[str, str], Leak] = {}
    for needle in needles():
        places = set()
        if needle.stands_in(joined, joined_lowered):
            for text, where in fields.items():
                if needle.stands_in(text, text.lower()):
                    places |= where
        elif needle.stands_in(raw, lowered) and needle.name not in {name for name, _ in found}:
            places = {"bytes of an envelope"}
        for place in places:
            found.setdefault((needle.name, place), Leak(needle.name, needle.form, place))
    return sorted(found.values(), key=lambda leak: (leak.where, leak.value))


def arrived(run: Run, names: tuple[str, ...]) -> set[str]:
    """Give which of some values arrived in any form."""
    raw = "\n".join(one.raw.decode("utf-8", "replace") for one in run.envelopes)
    lowered = raw.lower()
    return {one.name for one in needles() if one.name in names and one.stands_in(raw, lowered)}


def facts(run: Run) -> Counter[tuple[str, str]]:
    """Give what must stay the same: place and value, as often as it stands there."""
    found: Counter[tuple[str, str]] = Counter()
    for envelope in run.envelopes:
        for item in envelope.items:
            content = item.content
            found[item.kind, "(item)"] += 1
            if isinstance(content, dict) and item.kind in {"event", "transaction"}:
                found.update(_of_event(item.kind, content))
    return found


def _of_event(kind: str, event: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("level", "platform", "release", "environment", "transaction"):
        if isinstance(event.get(key), str):
            yield f"{kind}:{key}", event[key]
    for stack in ("exception", "threads"):
        for value in _values_of(event, stack):
            for key in ("type", "module"):
                if value.get(key):
                    yield f"{kind}:{stack}.{key}", str(value[key])
            for frame in (value.get("stacktrace") or {}).get("frames") or ():
                yield from _of_frame(f"{kind}:{stack}.frame", frame)
    for span in _spans(event):
        yield f"{kind}:span.op", str(span.get("op"))
    for crumb in _crumbs(event):
        yield f"{kind}:breadcrumb", f"{crumb.get('category')} {crumb.get('type')}"


def _of_frame(place: str, frame: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in _FRAME_FACTS:
        yield f"{place}.{key}", str(frame.get(key))
    name = frame.get("filename") or ""
    if frame.get("in_app") and not re.search(r"[\\/]", name):
        yield f"{place}.filename", name


def _values_of(event: dict[str, Any], field: str) -> list[dict[str, Any]]:
    return (event.get(field) or {}).get("values") or []


def _crumbs(event: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the breadcrumbs of the program itself."""
    found = _values_of(event, "breadcrumbs")
    return [one for one in found if not str(one.get("category")).startswith(_STREWN)]


def _spans(event: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the spans of an event; those of the SDK's own requests come and go."""
    spans = event.get("spans") or ()
    return [one for one in spans if "/envelope/" not in str(one.get("description"))]


def messages(run: Run) -> Iterator[tuple[str, str]]:
    """Give every text whose words a person reads first, with its place."""
    for envelope in run.envelopes:
        for item in envelope.items:
            content = item.content
            if not isinstance(content, dict):
                continue
            yield "message", str(content.get("message") or "")
            entry = content.get("logentry") or {}
            yield "logentry", str(entry.get("message") or "")
            for value in _values_of(content, "exception"):
                yield "exception.value", str(value.get("value") or "")
            for crumb in _crumbs(content):
                yield "breadcrumb.message", str(crumb.get("message") or "")
            for span in _spans(content):
                yield "span.description", str(span.get("description") or "")
            for log in content.get("items") or ():
                yield "log.body", str(log.get("body") or "") if item.kind == "log" else ""


def words(run: Run) -> Counter[tuple[str, str]]:
    """Give the plain words of its messages; what touches a planted value is left out."""
    found: Counter[tuple[str, str]] = Counter()
    present = "\n".join(text for _, text in messages(run)).lower()
    values = [one for one in _values() if one.lower() in present]
    for place, text in messages(run):
        masked = text
        for one in values:
            masked = re.sub(re.escape(one), "\0", masked, flags=re.IGNORECASE)
        found.update((place, word) for word in _WORD.findall(masked))
    return found


@cache
def _values() -> list[str]:
    """Give every form of every value and needle, the longest first."""
    whole = {one.value for family in (NATURAL, STREWN) for one in planted(family).values()}
    forms = {form for one in whole for form in (one, repr(one)[1:-1], repr(repr(one))[2:-2])}
    return sorted({one.text for one in needles()} | forms, key=len, reverse=True)


def judge(program: Program, raw: Run, scrubbed: Run) -> Verdict:
    """Compare the two runs of a program.

    Args:
        program: what it plants, and what must stay.
        raw: what it sent unscrubbed.
        scrubbed: what it sent otherwise.

    Returns:
        Leaks and damage.
    """
    lost: Counter[str] = Counter()
    kept = 0
    before, after = facts(raw), facts(scrubbed)
    for fact, number in before.items():
        if any(one.lower() in fact[1].lower() for one in _values()):
            continue
        kept += min(number, after[fact])
        lost[f"{fact[0]} = {fact[1]}"] += max(0, number - after[fact])
    present: Counter[str] = Counter()
    for _, text in messages(scrubbed):
        present.update(re.findall(r"[A-Za-z][A-Za-z_]+", text))
    for (place, word), number in words(raw).items():
        stays = min(number, present[word])
        present[word] -= stays
        kept += stays
        lost[f"{place}: {word}"] += number - stays
    whole = "\n".join(text for _, text in texts(scrubbed))
    whole_before = "\n".join(text for _, text in texts(raw))
    for text in program.stays:
        kept += text in whole
        lost[f"declared: {text}"] += text not in whole
    missing = set(program.plants) - arrived(raw, program.plants)
    if any(_STREWN in place for place, _ in texts(raw)):
        strewn = tuple(f"{name}/strewn" for name in strewn_names())
        missing |= set(strewn) - arrived(raw, strewn)
    missing |= {text for text in program.stays if text not in whole_before}
    return Verdict(
        tuple(leaks(scrubbed)),
        kept,
        tuple((what, number) for what, number in sorted(lost.items()) if number),
        tuple(sorted(missing)),
    )


def plain(run: Run) -> str:
    """Give what arrived as readable JSON, for whoever looks into a failure."""
    return "\n".join(
        json.dumps(item.content, indent=1, ensure_ascii=False)
        for envelope in run.envelopes
        for item in envelope.items
    )
