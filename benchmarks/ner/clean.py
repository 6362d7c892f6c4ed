"""
Lines in which nobody is named: real logs, what programs print, and what is made up.

Promise: nothing here is read by training. Logs are files of others; templates are those that are
held out; the rest is made on this machine: what commands of Python print about themselves, and what
the standard library says when it fails.
"""

from __future__ import annotations

import subprocess
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from benchmarks import corpora

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SEED: Final = 20_263
MODULES: Final = """
    ast base64 calendar cProfile compileall dis ensurepip filecmp gzip http.server inspect json.tool
    mimetypes pdb pickle pickletools pip platform profile pstats py_compile pyclbr quopri random
    site sqlite3 symtable sysconfig tabnanny tarfile timeit tokenize trace unittest uuid venv
    webbrowser zipapp zipfile
"""
PIP: Final = """
    install download uninstall freeze inspect list show check config search cache index wheel hash
    completion debug help
"""
COMMANDS: Final = (
    *([name, "--help"] for name in MODULES.split()),
    *(["pip", name, "--help"] for name in PIP.split()),
)
SECONDS: Final = 20
NAMING: Final = ("Aladdin", "O'Reilly", "Tim Peters")
"""Who is named in them all the same: such lines are left out."""


def real_logs(folder: Path) -> dict[str, list[str]]:
    """Return the lines of each log of a folder, by system."""
    return {
        f"log: {path.stem.partition('_')[0]}": path.read_text("utf-8", "replace").splitlines()
        for path in sorted(folder.glob("*.log"))
    }


def generated(count: int) -> dict[str, list[str]]:
    """Return made-up logs, so many lines in all.

    Args:
        count: of lines; half of training runs, a quarter of bars, a quarter of services.
    """
    bars = [state for line in corpora.bars(SEED, count // 8) for state in line.split("\r") if state]
    return {
        "training logs": corpora.training(SEED, count // 2),
        "training logs, bars": bars[: count // 4],
        "service logs": corpora.service(SEED, count // 4),
    }


def printed() -> list[str]:
    """Return what commands of Python print when asked what they do."""
    lines: list[str] = []
    for command in COMMANDS:
        with suppress(OSError, subprocess.TimeoutExpired):
            done = subprocess.run(
                [sys.executable, "-m", *command],
                capture_output=True,
                text=True,
                check=False,
                stdin=subprocess.DEVNULL,
                timeout=SECONDS,
            )
            lines += (done.stdout + done.stderr).splitlines()
    imports = [sys.executable, "-X", "importtime", "-c", "import asyncio, email, unittest"]
    done = subprocess.run(imports, capture_output=True, text=True, check=False)
    lines += done.stderr.splitlines()
    return [
        line
        for line in dict.fromkeys(lines)
        if line.strip() and not any(name in line for name in NAMING)
    ]


def tracebacks() -> list[str]:
    """Return the lines of tracebacks of the standard library, one of each failure."""
    lines: list[str] = []
    for name, call, *given in FAILURES:
        try:
            work: Any = import_module(name)
            for part in call.split("."):
                work = getattr(work, part)
            work(*given)
        except Exception:  # noqa: BLE001  # each fails in its own way
            lines += traceback.format_exc().splitlines()
    for fail in COMPOSED:
        try:
            fail()
        except Exception:  # noqa: BLE001  # as above
            lines += traceback.format_exc().splitlines()
    return list(dict.fromkeys(lines))


NOWHERE: Final = "/nowhere/at/all.txt"
FAILURES: Final[tuple[tuple[Any, ...], ...]] = (
    ("argparse", "ArgumentParser", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16),
    ("ast", "literal_eval", "f(x)"),
    ("ast", "parse", "def f(:"),
    ("base64", "b64decode", "abc"),
    ("binascii", "unhexlify", "0g"),
    ("builtins", "bytes.fromhex", "xyz"),
    ("builtins", "chr", -1),
    ("builtins", "compile", "x = = 1", "<text>", "exec"),
    ("builtins", "float", "12,5"),
    ("builtins", "getattr", 1, "missing"),
    ("builtins", "int", "12a"),
    ("builtins", "open", NOWHERE),
    ("builtins", "range", 1, 2, 0),
    ("builtins", "__import__", "not_a_module_of_this_machine"),
    ("bz2", "decompress", b"plain"),
    ("calendar", "monthrange", 2024, 13),
    ("codecs", "lookup", "utf-99"),
    ("collections", "namedtuple", "Point", "x x"),
    ("collections", "deque", (), -1),
    ("configparser", "ConfigParser.read_string", None, "[a]"),
    ("csv", "reader", 1),
    ("ctypes", "CDLL", "libnothing.so.9"),
    ("dataclasses", "asdict", 1),
    ("datetime", "date", 2024, 2, 30),
    ("datetime", "datetime.fromisoformat", "yesterday"),
    ("datetime", "datetime.strptime", "2024", "%Y-%m"),
    ("decimal", "Decimal", "1.2.3"),
    ("email.message", "Message.attach", 1, 2),
    ("encodings.idna", "ToASCII", "a" * 80),
    ("enum", "Enum", 7),
    ("fractions", "Fraction", "1/0"),
    ("functools", "reduce", max, []),
    ("glob", "glob", 3),
    ("gzip", "decompress", b"plain"),
    ("hashlib", "new", "md99"),
    ("heapq", "heappop", []),
    ("hmac", "new", "key", b"", "md99"),
    ("html", "unescape", 1),
    ("http.client", "HTTPConnection", "host:port"),
    ("importlib", "import_module", "json.nothing"),
    ("importlib.metadata", "version", "no-such-distribution"),
    ("inspect", "getsource", 1),
    ("inspect", "signature", 1),
    ("ipaddress", "ip_address", "192.0.2.300"),
    ("ipaddress", "ip_network", "192.0.2.1/24"),
    ("json", "dumps", {1, 2}),
    ("json", "loads", "{'a': 1}"),
    ("json", "loads", '{"a": 1,}'),
    ("logging", "getLogger", 1),
    ("logging.config", "dictConfig", {"version": 2}),
    ("logging.config", "dictConfig", {"version": 1, "handlers": {"h": {"class": "no.Handler"}}}),
    ("lzma", "decompress", b"plain"),
    ("math", "sqrt", -1),
    ("multiprocessing", "get_context", "thread"),
    ("operator", "itemgetter"),
    ("os", "listdir", NOWHERE),
    ("os", "stat", NOWHERE),
    ("pathlib", "Path.relative_to", None, "x"),
    ("pickle", "dumps", lambda: None),
    ("pickle", "loads", b"not a pickle"),
    ("pkgutil", "get_data", "json", "nothing.txt"),
    ("plistlib", "loads", b"plain"),
    ("queue", "Queue.get", 1),
    ("random", "choice", []),
    ("random", "sample", [1], 5),
    ("re", "compile", "(a"),
    ("re", "compile", "a{2,1}"),
    ("runpy", "run_module", "no_such_module"),
    ("secrets", "choice", []),
    ("selectors", "DefaultSelector.register", None, 1, 2),
    ("shelve", "open", NOWHERE),
    ("shlex", "split", "echo 'open"),
    ("shutil", "copyfile", NOWHERE, NOWHERE),
    ("shutil", "unpack_archive", "a.rar2"),
    ("signal", "signal", 999, None),
    ("smtplib", "SMTP", "127.0.0.1", 1),
    ("socket", "create_connection", ("127.0.0.1", 1)),
    ("sqlite3", "connect", NOWHERE),
    ("ssl", "create_default_context", None),
    ("ssl", "SSLContext", 99),
    ("statistics", "mean", []),
    ("statistics", "stdev", [1]),
    ("string", "Template.substitute", None),
    ("struct", "unpack", "<I", b"ab"),
    ("subprocess", "check_call", ["no-such-program"]),
    ("subprocess", "check_output", [sys.executable, "-c", "raise SystemExit(3)"]),
    ("subprocess", "run", [], -1),
    ("sys", "getrefcount"),
    ("tarfile", "open", NOWHERE),
    ("textwrap", "wrap", "text", 0),
    ("threading", "Thread", 1),
    ("time", "sleep", -1),
    ("time", "strptime", "noon", "%H"),
    ("tokenize", "open", NOWHERE),
    ("tomllib", "loads", "a = "),
    ("tomllib", "loads", "[a]\n[a]"),
    ("typing", "get_type_hints", 1),
    ("unicodedata", "lookup", "NO SUCH LETTER"),
    ("unittest", "TestLoader.loadTestsFromName", None, "no.such.test"),
    ("urllib.parse", "urlsplit", "http://[bad"),
    ("urllib.request", "urlopen", "no-scheme"),
    ("urllib.request", "urlopen", "http://127.0.0.1:1/"),
    ("uuid", "UUID", "1234"),
    ("weakref", "ref", 1),
    ("xml.etree.ElementTree", "fromstring", "<a><b></a>"),
    ("xmlrpc.client", "dumps", 1),
    ("zipfile", "ZipFile", NOWHERE),
    ("zlib", "decompress", b"plain"),
    ("zoneinfo", "ZoneInfo", "Nowhere/AtAll"),
)
"""A module, what is called of it, and what it is called with."""


def _table_missing() -> None:
    with import_module("contextlib").closing(import_module("sqlite3").connect(":memory:")) as base:
        base.execute("select * from missing")


def _row_twice() -> None:
    with import_module("contextlib").closing(import_module("sqlite3").connect(":memory:")) as base:
        base.execute("create table runs (id integer primary key)")
        base.execute("insert into runs values (1), (1)")


def _late() -> None:
    asyncio = import_module("asyncio")

    async def never() -> None:
        await asyncio.wait_for(asyncio.get_running_loop().create_future(), 0.001)

    asyncio.run(never())


def _in_a_pool() -> None:
    futures = import_module("concurrent.futures")
    with futures.ThreadPoolExecutor(1) as pool:
        pool.submit(int, "4x").result()


def _chained() -> None:
    try:
        import_module("operator").itemgetter("b")({"a": 1})
    except KeyError as error:
        raise RuntimeError("cannot read the settings of the run") from error


def _group() -> None:
    raise ExceptionGroup("2 workers failed", [ValueError("shape (3, 4)"), OSError(28, "No space")])


def _undecodable() -> None:
    b"\xff\xfe\x00".decode("utf-8")


def _unencodable() -> None:
    "\u2713".encode("ascii")


def _asserted() -> None:
    import_module("unittest.mock").Mock(name="step").assert_called_once()


COMPOSED: Final[tuple[Callable[[], None], ...]] = (
    _table_missing,
    _row_twice,
    _late,
    _in_a_pool,
    _chained,
    _group,
    _undecodable,
    _unencodable,
    _asserted,
)


def own(count: int) -> Iterator[tuple[str, list[str]]]:
    """Give all lines that are no one's log, by what they are.

    Args:
        count: of generated lines.
    """
    from training.data import traces

    yield "held-out traces", list(traces())
    yield from generated(count).items()
    yield "help texts, import times", printed()
    yield "tracebacks", tracebacks()
