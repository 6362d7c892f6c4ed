"""What two scrubbers make of one text, in every way a text can go through them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scrubber.detect.gate import Gated
from scrubber.detect.reference import find
from scrubber.errors import ScrubberError
from tests.small_rules import POLICY, scrubber

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrubber import Scrubber
    from scrubber.ruleset.model import Policy, Rule

STRAY = "surrogateescape"


@dataclass(frozen=True, slots=True)
class Pair:
    """The same scrubber on two engines."""

    reference: Scrubber
    vector: Scrubber

    def differences(self, text: str, *, chunk: int = 0) -> list[str]:
        """Name every way through which a text comes out otherwise, or is counted otherwise."""
        first, second = (dict(ways(one, text, chunk)) for one in (self.reference, self.vector))
        return [way for way in first if first[way] != second[way]] + list(self._missed(text))

    def engines_differ(self, text: str) -> list[str]:
        """Name the engines that find other spans than every rule by itself, nothing skipped."""
        screened = self.vector._wirings.text.stages.detectors  # noqa: SLF001
        plain = sorted(find(tuple(screened), text))
        engines = {"screened": screened, "gated": Gated(screened)}
        return [name for name, one in engines.items() if sorted(find(one, text)) != plain]

    def _missed(self, text: str) -> Iterator[str]:
        """Give "suspects" where a line that is none has a finding."""
        try:
            data = text.encode("utf-8", STRAY)
        except UnicodeEncodeError:
            return
        suspects = self.vector.suspects(data)
        start = 0
        for line in data.split(b"\n"):
            if suspects is not None and start not in suspects:
                alone = line.decode("utf-8", STRAY)
                if self.reference.redact(alone).report.counts:
                    yield "suspects"
            start += len(line) + 1


def small(*rules: Rule, policy: Policy = POLICY, **more: Any) -> Pair:  # noqa: ANN401
    """Build a scrubber of these rules on both engines."""
    return Pair(*(scrubber(*rules, policy=policy, engine=one, **more) for one in ENGINES))


ENGINES = ("reference", "vector")


def pieces(data: Any, size: int) -> Iterable[Any]:  # noqa: ANN401
    """Cut a text or bytes into chunks; 0 for one."""
    return [data] if not size else [data[at : at + size] for at in range(0, len(data), size)]


def ways(one: Scrubber, text: str, chunk: int) -> Iterator[tuple[str, object]]:
    """Give what becomes of a text in every way."""
    redaction = one.redact(text)
    yield "redact", redaction.text
    yield "report", redaction.report
    yield "scrub_text", one.scrub_text(text)
    yield "scrub_many", one.scrub_many([*text.split("\n"), text])
    yield "scan", _scanned(one, text)
    stream = one.stream()
    yield "stream", "".join(map(stream.feed, pieces(text, chunk))) + stream.finish()
    yield "stream_report", stream.report
    frames = [{"filename": "a.py", "vars": {"text": text}}]
    yield "event", one.scrub({"message": text, "extra": {text: text}, "user": {"username": text}})
    yield "error", one.scrub({"exception": {"values": [{"value": text, "frames": frames}]}})
    try:
        data = text.encode("utf-8", STRAY)
    except UnicodeEncodeError:
        return
    yield "bytes", one.scrub_text(data)
    lines = one.byte_stream()
    yield "byte_stream", b"".join(map(lines.feed, pieces(data, chunk))) + lines.finish()
    yield "byte_report", lines.report


def _scanned(one: Scrubber, text: str) -> object:
    try:
        return one.scan(text)
    except ScrubberError:
        return "failed"
