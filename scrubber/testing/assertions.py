"""
Assertions about a scrubber, whichever it is: any function that takes something and gives it clean.

A failure is printed by a test runner, with the values of local variables if it was asked to, and
kept where builds are kept. So these raise from frames that hold nothing of what was looked at.

Promise: an `AssertionError` tells entities, encodings, field paths, rule ids and numbers of samples
and texts; never content, nor its length; and has no exception of the scrubber's behind it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from scrubber.testing.contents import texts_in
from scrubber.testing.kept import changes, json_kinds, read_json
from scrubber.testing.leaks import leaks, legible
from scrubber.testing.needles import fold, stands
from scrubber.testing.planting import Sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber import Policy, Scrubber
    from scrubber.testing.planting import Planted

T = TypeVar("T")

_MOST: Final = 20
"""Faults told in one message."""


def assert_no_leak(fn: Callable[[Any], object], planted: Sample | Iterable[Sample]) -> None:
    """Assert that nothing that was planted can be read in what a function makes of it.

    It may give anything that `leaks` can look into; None is what was dropped, and leaks nothing.
    Each sample is copied first. A part that stands in what must stay is not looked for.

    Args:
        fn: scrubs: takes the content of a sample and gives what would be sent or written.
        planted: what to scrub and what must be gone, or many of them.

    Raises:
        AssertionError: something can still be read, by its entity, how it is written and where; the
            function raised; or a sample shows nothing that was planted before it is scrubbed, so
            that nothing would be proven.
        TypeError: this is no sample.
        ValueError: there is no sample, or nothing is planted in one.

    >>> from scrubber import scrub_text
    >>> from scrubber.testing import Planted
    >>> mailbox = Planted("EMAIL_ADDRESS", "jane@example.com", ("jane",))
    >>> assert_no_leak(scrub_text, Sample("mail jane@example.com", (mailbox,)))
    >>> assert_no_leak(str.upper, Sample("mail jane@example.com", (mailbox,)))
    Traceback (most recent call last):
    AssertionError: sample 0: EMAIL_ADDRESS, folded
    """
    __tracebackhide__ = True
    faults = _leaking(fn, planted)
    del fn, planted
    _fail(faults)


def assert_utility_kept(fn: Callable[[Any], object], sample: Sample) -> None:
    """Assert that what a debugger needs is still there once a function has scrubbed something.

    What must stay is there byte for byte. A text or bytes with nothing planted are unchanged. JSON
    stays JSON of the same kinds. An event keeps its containers and their lengths, the kinds of its
    values, its ids, and types, modules, functions and line numbers, but for what the table of
    fields drops.

    Args:
        fn: scrubs.
        sample: what to scrub, what was planted in it, and what must stay.

    Raises:
        AssertionError: something is gone or was changed, by its field or its number.

    >>> from scrubber import scrub_text
    >>> assert_utility_kept(scrub_text, Sample("x[1::2] at 12:30:59", ()))
    >>> assert_utility_kept(lambda text: text[:6], Sample("loss 0.4123", (), ("loss", "0.4123")))
    Traceback (most recent call last):
    AssertionError: stays[1] is gone; a text with nothing planted was changed
    """
    __tracebackhide__ = True
    faults = _lost(fn, sample)
    del fn, sample
    _fail(faults)


def assert_idempotent(fn: Callable[[Any], object], content: object) -> None:
    """Assert that scrubbing twice is scrubbing once.

    Args:
        fn: scrubs.
        content: what to scrub, or a sample: its `repr` shows nothing of it in a failure.

    Raises:
        AssertionError: what was scrubbed comes out otherwise when it is scrubbed again.

    >>> from scrubber import scrub_text
    >>> assert_idempotent(scrub_text, "mail jane@example.com")
    >>> assert_idempotent(lambda text: f"[{text}]", "mail")
    Traceback (most recent call last):
    AssertionError: scrubbing twice is not scrubbing once
    """
    __tracebackhide__ = True
    faults = _unsteady(fn, content)
    del fn, content
    _fail(faults)


def assert_engines_agree(
    rules: Sequence[str | os.PathLike[str]] | str | os.PathLike[str] | None,
    texts: Iterable[str],
    *,
    policy: str | Policy | None = None,
) -> None:
    """Assert that both engines find the same, and make the same of every text.

    Each text by itself, all of them as a batch, and glued to one another.

    Args:
        rules: your rule files, besides the packaged ones; None for those alone.
        texts: what to scan.
        policy: as for `Scrubber`.

    Raises:
        AssertionError: they differ, by the numbers of texts and the ids of rules.
        ConfigError: Vectorscan is not here, so that there is only one engine: a test that may run
            there begins with `pytest.importorskip("hyperscan")`.
        RulesetError: rule files that cannot be used.
    """
    __tracebackhide__ = True
    faults = _differing(*_engines(rules, policy), list(texts))
    del texts
    _fail(faults)


def _fail(faults: Sequence[str]) -> None:
    __tracebackhide__ = True
    if faults:
        more = f"; and {len(faults) - _MOST} more" if len(faults) > _MOST else ""
        raise AssertionError("; ".join(faults[:_MOST]) + more) from None


def _leaking(fn: Callable[[Any], object], planted: Sample | Iterable[Sample]) -> list[str]:
    samples = [planted] if isinstance(planted, Sample) else list(planted)
    if not samples:
        raise ValueError("there is no sample, so nothing would be proven")
    faults = []
    for number, sample in enumerate(samples):
        if not isinstance(sample, Sample):
            raise TypeError(f"sample {number} is a {type(sample).__name__}, not a Sample")
        if not sample.planted:
            raise ValueError(f"sample {number}: nothing is planted, so nothing would be proven")
        faults += [f"sample {number}: {fault}" for fault in _leaks_of(fn, sample)]
    return faults


def _leaks_of(fn: Callable[[Any], object], sample: Sample) -> Iterator[str]:
    before, unreadable = _tried(legible, sample.content, sample.planted)
    if unreadable:
        yield unreadable
    for one, seen in zip(sample.planted, before or (), strict=False):
        if not seen:
            yield f"{one.entity} is not seen before it is scrubbed: nothing is proven"
    output, raised = _scrubbed(fn, sample.content)
    if raised:
        yield raised
        return
    staying = [fold(text) for text in sample.stays]
    wanted = [
        replace(one, parts=tuple(part for part in one.parts if not _stays(fold(part), staying)))
        for one in sample.planted
    ]
    found, unreadable = _tried(leaks, output, wanted)
    if unreadable:
        yield unreadable
    for leak in found or ():
        part = " (a part)" if leak.part else ""
        place = f" in {leak.where}" if leak.where else ""
        yield f"{leak.entity}{part}, {leak.encoding}{place}"


def _tried(
    look: Callable[[object, Sequence[Planted]], list[T]], content: object, wanted: Sequence[Planted]
) -> tuple[list[T] | None, str]:
    """Look for what was planted; tell of what cannot be looked into by its type alone."""
    try:
        return look(content, wanted), ""
    except Exception as error:  # noqa: BLE001  # its frames hold what was looked at
        kind = type(error).__name__
    return None, f"a {type(content).__name__} that cannot be looked into ({kind})"


def _stays(part: str, staying: Iterable[str]) -> bool:
    return any(stands(text, part) for text in staying)


def _scrubbed(fn: Callable[[Any], object], content: object) -> tuple[object, str]:
    """Scrub a copy; tell of an exception by its type alone, for it may hold what was scrubbed."""
    copy = content
    with suppress(Exception):  # what cannot be copied is scrubbed as it is
        copy = deepcopy(content)
    try:
        output = fn(copy)
        if isinstance(output, Iterator):
            output = list(output)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # SystemExit and pytest.fail tell data as well
        return None, f"it raised {type(error).__name__}"
    return output, ""


def _lost(fn: Callable[[Any], object], sample: Sample) -> list[str]:
    if not isinstance(sample, Sample):
        raise TypeError(f"this is a {type(sample).__name__}, not a Sample")
    content = sample.content
    output, raised = _scrubbed(fn, content)
    if raised or output is None:
        return [raised or "nothing is left"]
    every = [text for _, text in texts_in(output)]
    faults = [
        f"stays[{number}] is gone"
        for number, text in enumerate(sample.stays)
        if not any(text in one for one in every)
    ]
    if isinstance(content, Mapping):
        return faults + changes(content, output)
    if not isinstance(output, type(content)):
        return [*faults, f"a {type(output).__name__} stands for a {type(content).__name__}"]
    if isinstance(content, str | bytes):
        if not sample.planted and output != content:
            faults.append(
                f"{'a text' if isinstance(content, str) else 'bytes'} with nothing planted "
                + ("was" if isinstance(content, str) else "were")
                + " changed"
            )
        before = read_json(content)
        if before is not None and isinstance(output, str | bytes):
            after = read_json(output)
            if after is None:
                faults.append("JSON is no JSON any more")
            elif json_kinds(after) != json_kinds(before):
                faults.append("JSON says other kinds of values")
    return faults


def _unsteady(fn: Callable[[Any], object], content: object) -> list[str]:
    once, raised = _scrubbed(fn, content.content if isinstance(content, Sample) else content)
    if raised or once is None:
        return [raised] if raised else []
    twice, raised = _scrubbed(fn, once)
    if raised:
        return [f"the second time, {raised}"]
    # JSON writes NaN, which equals nothing; 1, 1.0 and True are equal.
    if repr(once) == repr(twice) or (type(once) is type(twice) and once == twice):
        return []
    return ["scrubbing twice is not scrubbing once"]


def _engines(
    rules: Sequence[str | os.PathLike[str]] | str | os.PathLike[str] | None,
    policy: str | Policy | None,
) -> tuple[Scrubber, Scrubber]:
    from scrubber import Identity, Scrubber

    files = [rules] if isinstance(rules, str | os.PathLike) else [*(rules or ())]
    names = Identity.none()
    return (
        Scrubber(policy, rules=files, identity=names, shadow=0, engine="reference"),
        Scrubber(policy, rules=files, identity=names, shadow=0, engine="vector"),
    )


def _differing(reference: Scrubber, vector: Scrubber, texts: Sequence[str]) -> list[str]:
    units = [*((f"text {at}", text) for at, text in enumerate(texts)), ("glued", "".join(texts))]
    faults = []
    for name, text in units:
        try:
            faults += [f"{name}: {one}" for one in _differences(reference, vector, text)]
        except Exception as error:  # noqa: BLE001  # its frames hold the text
            faults.append(f"{name}: {type(error).__name__}")
    batches = zip(reference.scrub_many(texts), vector.scrub_many(texts), strict=True)
    faults += [
        f"text {number} of a batch: other texts"
        for number, (one, other) in enumerate(batches)
        if one != other
    ]
    return faults


def _differences(reference: Scrubber, vector: Scrubber, text: str) -> list[str]:
    found, other = (set(one.scan(text)) for one in (reference, vector))
    if found != other:
        only = {"reference": found - other, "vector": other - found}
        return [
            f"only {engine} finds {', '.join(sorted({one.rule_id for one in more}))}"
            for engine, more in only.items()
            if more
        ]
    return [] if reference.scrub_text(text) == vector.scrub_text(text) else ["other texts"]
