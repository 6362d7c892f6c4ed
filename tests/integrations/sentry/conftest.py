"""Tests of the integration with sentry-sdk leave nothing of it behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sentry_sdk
from sentry_sdk.serializer import global_repr_processors

from scrubber.integrations.sentry import status, uninstall

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Nothing of one test is there in the next, and no test leaves anything behind."""
    before = sentry_sdk.get_global_scope().client
    yield
    uninstall()
    assert sentry_sdk.get_global_scope().client is before
    assert status() == (False, 0, {})
    assert not [one for one in global_repr_processors if "scrubber" in one.__module__]
    sentry_sdk.get_isolation_scope().clear()
