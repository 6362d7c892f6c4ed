"""
What a report of pytest becomes when its test leaked.

The report is changed after pytest has made it, and no exception is raised: a test that is expected
to fail would hide that, and a traceback shows source lines and, if asked for, variables.

Promise: what is written here shows places, entities and encodings. What pytest captured of the test
is left out where it holds what leaked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from scrubber.testing.guard import Finding, LeakGuard

_MARKER: Final = "leak_allowed"
_ENTITY: Final = re.compile("[A-Z][A-Z0-9_]*")
_LEAKED: Final = pytest.StashKey[bool]()
_MOST_LINES: Final = 40
_SECTION: Final = "leak guard"
_WITHHELD: Final = "(left out by leak_guard: it holds what leaked)"


def check_markers(item: pytest.Item) -> None:
    """Fail where a marker of a test does not say what is allowed and why.

    Args:
        item: the test; markers of its class and module count.

    Raises:
        pytest.fail.Exception: a marker without an entity or a reason, or with something else.
    """
    for marker in item.iter_markers(_MARKER):
        reason = marker.kwargs.get("reason")
        told = isinstance(reason, str) and reason.strip() and len(marker.kwargs) == 1
        if not (told and marker.args and all(map(_names_entity, marker.args))):
            pytest.fail(
                'leak_allowed: entities such as "IP_ADDRESS", and a reason="..." for them',
                pytrace=False,
            )


def _names_entity(value: object) -> bool:
    return isinstance(value, str) and _ENTITY.fullmatch(value) is not None


def judge(report: Any, guard: LeakGuard, item: pytest.Item) -> None:  # noqa: ANN401  # of any plugin
    """Let a report fail if there are leaks that were not told yet.

    Args:
        report: of the call, or of the teardown; it is changed.
        guard: of the test.
        item: the test.
    """
    found = _found(guard)
    allowed = [entity for marker in item.iter_markers(_MARKER) for entity in marker.args]
    may = set(filter(_names_entity, allowed))
    # What could not be read is of no entity, so nothing allows it.
    leaks = [one for one in found if not one.entity or one.entity not in may]
    counts = {"leaks": len(leaks), "allowed": len(found) - len(leaks)}
    if report.when == "teardown":
        counts |= {"tests": 1, "envelopes": guard.envelopes, "records": guard.records}
    report.leak_guard = counts
    item.stash[_LEAKED] = item.stash.get(_LEAKED, False) or bool(leaks)
    if item.stash[_LEAKED]:
        # The report of a teardown has what was captured of the call as well.
        report.sections[:] = [
            (name, _WITHHELD if _holds(guard, content) else content)
            for name, content in report.sections
        ]
    if not leaks:
        return
    text = _told(leaks)
    failed_already = report.failed
    report.outcome = "failed"
    if hasattr(report, "wasxfail"):
        del report.wasxfail
    if failed_already:
        report.sections.append((_SECTION, text))
        return
    report.longrepr = text


def _found(guard: LeakGuard) -> list[Finding]:
    """Give what is new; a fault of the search would end pytest, and be no proof."""
    try:
        return guard.fresh()
    except Exception as error:  # noqa: BLE001  # its frames hold what was looked at
        from scrubber.testing.guard import Finding

        return [Finding("what was sent", "", f"could not be searched ({type(error).__name__})")]


def _holds(guard: LeakGuard, text: str) -> bool:
    try:
        return guard.holds(text)
    except Exception:  # noqa: BLE001  # as above
        return True


def _told(leaks: list[Finding]) -> str:
    lines = [
        f"  {one.place} holds {one.entity} ({one.how})"
        if one.entity
        else f"  {one.place} {one.how}, so it may hold anything"
        for one in leaks[:_MOST_LINES]
    ]
    more = len(leaks) - len(lines)
    entity = next((one.entity for one in leaks if one.entity), "")
    return "\n".join(
        [
            f"leak_guard: {len(leaks)} leak{'' if len(leaks) == 1 else 's'}",
            *lines,
            *([f"  and {more} more"] if more else []),
            *(
                [f'Scrub it before it leaves, or mark the test: leak_allowed("{entity}", ...)']
                if entity
                else []
            ),
        ]
    )
