"""The same host for every test and doctest, whatever machine they run on.

Promise: a test sees a fixed account, home and host name, none of the variables that change how the
package behaves, and no network beyond loopback; a try beyond it fails the test, even when the code
under test swallows the error.

It lies at the root and not in tests/, because a fixture reaches only the folder below its
conftest.py, and the doctests live in scrubber/.
"""

from __future__ import annotations

import getpass
import ipaddress
import os
import platform
import socket
import tempfile
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Runs tests of tests; pytest takes such a list from the conftest.py at the root only.
pytest_plugins = ["pytester"]

ACCOUNT = "jane"
HOST = "build-7.example.com"
NOBODY = 65534
NEVER = 1 << 62

# Read by the package, by a tool it is measured beside, or telling who runs the tests.
CLEARED = frozenset(
    {
        "CI",
        "COLORTERM",
        "COMPUTERNAME",
        "DO_NOT_TRACK",
        "EMAIL",
        "FORCE_COLOR",
        "HOSTNAME",
        "LOGNAME",
        "NO_COLOR",
        "PWD",
        "SUDO_USER",
        "USERDOMAIN",
        "USERNAME",
        "USERPROFILE",
    }
)
CACHE_VARIABLE = "SCRUBBER_CACHE_DIR"
CLEARED_SUFFIXES = ("_SYNC",)
CLEARED_PREFIXES = ("GIT_AUTHOR_", "GIT_COMMITTER_", "SCRUBBER_", "SENTRY_", "XDG_")

# Threads of the Sentry SDK draw from `random` whenever they like; Hypothesis, which draws from the
# same, calls that flaky.
for name in ("_batcher", "_log_batcher", "_metrics_batcher", "_span_batcher"):
    with suppress(ImportError):
        module = import_module(f"sentry_sdk.{name}")
        if hasattr(module, "random"):
            module.random = Random()  # type: ignore[attr-defined]  # noqa: S311  # no secret

# No deadline: a slow shared machine is not a fault of the code. `ci` repeats the same examples for
# the same code, so a change is not refused for a draw that has nothing to do with it; finding what
# is new is what every other run is for.
settings.register_profile("fast", max_examples=20, deadline=None)
settings.register_profile("default", max_examples=100, deadline=None)
settings.register_profile("ci", max_examples=200, deadline=None, derandomize=True, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


# A module that needs a library of columns cannot be imported without it, not even for doctests.
collect_ignore = [
    f"scrubber/{module}.py"
    for module, needed in {
        "archive/engines/ray": ["ray", "pyarrow"],
        "archive/engines/rows": ["pyarrow"],
        "archive/engines/spark": ["pyspark", "pyarrow"],
        "archive/formats/arrow": ["pyarrow"],
        "archive/formats/arrow_tables": ["pyarrow"],
        "archive/formats/parquet": ["pyarrow"],
        "archive/formats/yaml_tokens": ["yaml"],
        "archive/remote": ["fsspec"],
        "columns/arrow": ["pyarrow"],
        "columns/nested": ["pyarrow"],
        "columns/pandas": ["pandas"],
        "columns/polars": ["polars", "pyarrow"],
        "columns/ray": ["ray", "pyarrow"],
        "columns/spark": ["pyspark", "pyarrow"],
        "columns/text": ["pyarrow"],
    }.items()
    if not all(find_spec(library) for library in needed)
]
if not find_spec("presidio_analyzer"):
    collect_ignore.append("scrubber/integrations/presidio.py")
if not find_spec("pyarrow"):
    collect_ignore.append("tests/extras/cluster_cases.py")
LONGEST_ID = 40


class NetworkForbiddenError(OSError):
    """A test tried to reach beyond loopback."""


def is_loopback(host: object) -> bool:
    """Tell whether a host, as the socket module takes it, is this machine.

    Args:
        host: A name or address; None and "" are how "this machine" is written too.
    """
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Call a case of many bytes, or of bytes that are no text, by its argument.

    Packed bytes may hold the time at which they were packed, and two processes that share the
    tests must call them alike.
    """
    if isinstance(val, bytes) and (len(val) > LONGEST_ID or not _is_text(val)):
        return argname
    return None


def _is_text(data: bytes) -> bool:
    return data.isascii() and data.decode().isprintable()


def pytest_configure(config: pytest.Config) -> None:
    """Keep databases of rules in a folder of this run, which its worker processes share."""
    if not hasattr(config, "workerinput"):
        folder = tempfile.TemporaryDirectory()
        os.environ[CACHE_VARIABLE] = folder.name
        config.add_cleanup(folder.cleanup)


@pytest.fixture(scope="session")
def fixed_home() -> Iterator[Path]:
    """A home folder that names nobody (pytest's own temporary folders hold the account's name)."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home", ACCOUNT)
        home.mkdir(parents=True)
        yield home


@pytest.fixture(autouse=True)
def fixed_host(fixed_home: Path) -> Iterator[None]:
    """Put one fixed identity in place of the host's."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name == CACHE_VARIABLE:
                continue
            spoken = name.startswith(CLEARED_PREFIXES) or name.endswith(CLEARED_SUFFIXES)
            if name in CLEARED or spoken:
                patch.delenv(name)
        # A database of all rules takes many seconds: made only where a test asks for one.
        patch.setattr("scrubber.engines.ENOUGH", NEVER)
        patch.setattr("scrubber.engines.MUCH", NEVER)
        # What a text becomes must not depend on who runs the tests; tests of identity undo it.
        patch.setenv("SCRUBBER_NO_IDENTITY", "1")
        patch.setenv("HOME", str(fixed_home))
        patch.setenv("USER", ACCOUNT)
        if os.name == "nt":
            patch.setenv("USERPROFILE", str(fixed_home))
        patch.setattr(getpass, "getuser", lambda: ACCOUNT)
        patch.setattr(os, "getlogin", lambda: ACCOUNT)
        patch.setattr(platform, "node", lambda: HOST)
        patch.setattr(socket, "gethostname", lambda: HOST)
        patch.setattr(socket, "getfqdn", lambda _name="": HOST)
        yield


@pytest.fixture
def ordinary_folder() -> Iterator[Path]:
    """A folder of an ordinary user, who runs the test: to root nothing is forbidden.

    Skips where there are no users of POSIX.
    """
    if os.name != "posix":
        pytest.skip("permissions of POSIX")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "ordinary")
        folder.mkdir()
        if os.geteuid() != 0:
            yield folder
            return
        Path(name).chmod(0o755)
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(0)


@pytest.fixture(autouse=True)
def refused_connections() -> Iterator[list[str]]:
    """Refuse every lookup and connection beyond loopback, and fail the test that tried.

    Yields:
        The calls refused so far, for the test of this fixture.
    """
    refused: list[str] = []

    def guard(name: str, target: Callable[..., Any], host_of: Callable[..., object]) -> Any:  # noqa: ANN401
        def guarded(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            if is_loopback(host_of(*args, **kwargs)):
                return target(*args, **kwargs)
            refused.append(name)
            message = f"{name} beyond loopback is forbidden in tests"
            raise NetworkForbiddenError(message)

        return guarded

    def of_address(sock: socket.socket, *args: object) -> object:
        # sendto(data, flags, address): the address is the last argument of each guarded method.
        address = args[-1]
        internet = sock.family in (socket.AF_INET, socket.AF_INET6)
        return address[0] if internet and isinstance(address, tuple) else None

    def of_name(host: object = None, *_args: object, **_kwargs: object) -> object:
        return host

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            target = getattr(socket.socket, name)
            patch.setattr(socket.socket, name, guard(name, target, of_address))
        for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
            patch.setattr(socket, name, guard(name, getattr(socket, name), of_name))
        yield refused
    assert refused == [], "a test reached for the network"
