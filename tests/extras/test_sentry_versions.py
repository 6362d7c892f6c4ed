"""Under each version of the SDK: what is scrubbed where, and that nothing leaves raw."""

from __future__ import annotations

import pytest

from tests.extras.coverage_table import (
    COMMAND,
    HOOK,
    LEAKS,
    observed,
    recorded,
    version,
)


@pytest.fixture(scope="module")
def found() -> dict[str, str]:
    """What the installed SDK shows."""
    return observed()


def test_no_kind_of_data_leaves_raw(found: dict[str, str]) -> None:
    """Whatever this version can send is scrubbed by a hook or by the guard, and arrives."""
    assert [row for row, cell in found.items() if cell == LEAKS] == []


def test_what_is_scrubbed_where_is_what_the_page_says(found: dict[str, str]) -> None:
    """A version in the table still does what its column says."""
    said = recorded().get(version())
    assert said in (None, found), f"record it again: {COMMAND} record"


@pytest.mark.parametrize("row", ["error events", "transactions", "breadcrumbs", "check-ins"])
def test_what_every_version_has_a_hook_for_is_hooked(found: dict[str, str], row: str) -> None:
    """A hook that is no longer set would leave its work to the guard, which nobody would see."""
    assert found[row] == HOOK
