"""Cheap promises about the tree itself: its shape, its imports and what must never be in it."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import types
from pathlib import Path

import pytest

import scrubber

ROOT = Path(__file__).resolve().parent.parent

# Made by tools, or by git; everything else at the root is ours and is looked at.
NOT_OURS = frozenset(
    {
        ".examples.bin",
        ".git",
        ".hypothesis",
        ".mypy_cache",
        ".prebuilt.json",
        ".pytest_cache",
        ".ruff_cache",
        ".ruleset.bin",
        ".supersets.json",
        ".venv",
        "__pycache__",
        "build",
        "dist",
        "htmlcov",
    }
)

# Loading one of these costs a crash or a start-up too much, or is an extra.
HEAVY = frozenset(
    {
        "asyncio",
        "click",
        "http",
        "hypothesis",
        "importlib.metadata",
        "multiprocessing",
        "numpy",
        "presidio_analyzer",
        "pytest",
        "rich",
        "sentry_sdk",
        "socket",
        "spacy",
        "sqlite3",
        "ssl",
        "unittest",
        "urllib.request",
        "zstandard",
    }
)

# What a scanner of secrets looks for. Examples are written with fills, so the tree has none of it.
SECRETS = {
    "AWS key": r"\bA(?:KIA|SIA)[A-Z2-7]{16}\b",
    "GitHub token": r"\bgh[oprsu]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{60,}",
    "Google key": r"\bAIza[\w-]{35}",
    "JWT": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}",
    "OpenAI or Stripe key": r"\b[sr]k[-_](?:live|proj|[A-Za-z0-9]{20})[\w-]{20,}",
    "private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\n|\s)+[A-Za-z0-9+/=]{40,}",
    "Slack token": r"\bxox[abprs]-[0-9]{10,}-[\w-]{20,}",
}
# Only where people have mail: `q@k.transpose` and `icon@2x.png` are samples, not addresses.
MAIL = re.compile(
    r"\b[\w.+-]+@(?:[\w-]+\.)+(?:com|org|net|edu|gov|info|io|dev|ai|eu|uk|us|ca|au|de|at|ch|fr|it"
    r"|es|nl|se|pl|cz|ru|cn|jp|kr|br)\b(?![\w-])"
)
# abfss://container@account.dfs.core.windows.net is a place to store, not a person.
RESERVED_DOMAIN = re.compile(r"(?i)[@.]example\.(?:com|net|org)$|\.core\.windows\.net$")
NOT_MAIL = frozenset(
    {
        "git@github.com",  # how every clone URL begins: names nobody
        "git@gitlab.com",
        "sk-ecdsa-sha2-nistp256@openssh.com",  # a type of key
        "jane.doe+test@mail.example.co.uk",  # nobody's: there to have a suffix of two labels
    }
)


def files(*suffixes: str) -> list[Path]:
    """Return every file of ours, of some suffixes or of all."""
    found = []
    for top in sorted(ROOT.iterdir()):
        if top.name not in NOT_OURS:
            found += [top] if top.is_file() else sorted(top.rglob("*"))
    return [
        path
        for path in found
        if path.is_file()
        and not NOT_OURS & set(path.parts)
        and (not suffixes or path.suffix in suffixes)
    ]


def secrets(text: str) -> list[str]:
    """Return the kinds of secret a text seems to hold; a mask of one letter is none."""
    text = re.sub(r"x{16,}", "\n", text)
    return [kind for kind, pattern in SECRETS.items() if re.search(pattern, text)]


def real_addresses(text: str) -> int:
    """Count mail addresses that could be somebody's."""
    found = {match[0] for match in MAIL.finditer(text)} - NOT_MAIL
    return sum(not RESERVED_DOMAIN.search(address) for address in found)


def test_modules_are_one_idea() -> None:
    """No module of the package is longer than 400 lines."""
    modules = (ROOT / "scrubber").rglob("*.py")
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in modules}
    assert {path: length for path, length in lengths.items() if length > 400} == {}


def test_module_names_say_something() -> None:
    """No module is a drawer."""
    drawers = {"common", "helper", "helpers", "misc", "util", "utils"}
    assert [path for path in files(".py") if drawers & {path.stem, path.parent.name}] == []


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_readme_names_the_commands(command: str) -> None:
    """A newcomer finds both commands in the README, and the Makefile has them."""
    assert command in (ROOT / "README.md").read_text("utf-8")
    target = command.removeprefix("make ")
    assert re.search(rf"(?m)^{target}:", (ROOT / "Makefile").read_text("utf-8"))


def test_facade_lists_what_it_offers() -> None:
    """`__all__` is sorted and names every public name, and nothing that is not there."""
    public = [
        name
        for name in sorted(dir(scrubber))
        if not name.startswith("_")
        and name not in {"TYPE_CHECKING", "import_module"}  # what the facade itself imports
        and not isinstance(getattr(scrubber, name), types.ModuleType)
    ]
    assert list(scrubber.__all__) == sorted(scrubber.__all__)
    assert [name for name in scrubber.__all__ if not name.startswith("_")] == public


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_file_holds_no_secret_and_names_nobody(path: Path) -> None:
    """No file has what a secret scanner would stop at, or an address outside reserved domains."""
    text = path.read_bytes().decode("utf-8", "replace")
    assert secrets(text) == []
    assert real_addresses(text) == 0


PLANTED = {
    "AWS key": "AKIA" + "A2B3C4D5" * 2,
    "GitHub token": "ghp_" + "a1B2c3" * 6,
    "Google key": "AIza" + "a1B2c" * 7,
    "JWT": "eyJ" + "a1" * 8 + ".eyJ" + "b2" * 8 + "." + "c3" * 16,
    "OpenAI or Stripe key": "sk-" + "a1B2" * 12,
    "private key": "-----BEGIN RSA " + "PRIVATE KEY-----\n" + "a1B2" * 16,
    "Slack token": "xoxb-" + "0123456789" + "-" + "a1B2" * 6,
}


@pytest.mark.parametrize("kind", SECRETS)
def test_planted_secret_is_seen(kind: str) -> None:
    """The test above would notice each kind."""
    assert secrets(f"key = '{PLANTED[kind]}'") == [kind]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("jane@" + "gmail" + ".com", 1),
        ("jane@example.com, jane@mail.example.org and jane@host.example, q@k.transpose", 0),
        ("git@github.com:o/r.git", 0),
        ("jane@notexample" + ".com", 1),
    ],
)
def test_real_address_is_counted(text: str, count: int) -> None:
    """Only an address outside the reserved domains counts."""
    assert real_addresses(text) == count


IMPORT_PROBE = """
import sys
seen = []
def hook(event, args):
    if event == "open" and not str(args[0]).endswith((".py", ".pyc", ".so", ".pyd")):
        seen.append("open")
    elif event.partition(".")[0] in {"socket", "subprocess", "os.system", "_thread"}:
        seen.append(event)
sys.path.insert(0, sys.argv[1])
before = set(sys.modules)
sys.addaudithook(hook)
import scrubber
found = [seen, sorted(set(sys.modules) - before)]
import json, threading
print(json.dumps([*found, threading.active_count()]))
"""


def test_import_does_no_work() -> None:
    """`import scrubber` reads no data file, starts nothing, and loads no heavy module."""
    output = subprocess.run(
        [sys.executable, "-BIc", IMPORT_PROBE, str(ROOT)], check=True, stdout=subprocess.PIPE
    ).stdout
    seen, modules, threads = json.loads(output)
    assert seen == []
    assert threads == 1
    assert sorted(HEAVY & set(modules)) == []
    assert "scrubber" in modules


def test_tests_do_not_reach_the_network(refused_connections: list[str]) -> None:
    """Connections and lookups beyond loopback are refused and counted."""
    with pytest.raises(OSError, match="beyond loopback"):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)
    with pytest.raises(OSError, match="beyond loopback"):
        socket.getaddrinfo("example.com", 80)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
        pytest.raises(OSError, match="beyond loopback"),
    ):
        udp.sendto(b"", ("192.0.2.1", 53))
    assert refused_connections == ["getaddrinfo", "getaddrinfo", "sendto"]
    refused_connections.clear()


def test_tests_do_not_see_the_host(fixed_home: Path) -> None:
    """Account, home and host name are the fixed ones, in this process and in one it starts."""
    probe = "import getpass, pathlib; print(getpass.getuser(), pathlib.Path.home())"
    output = subprocess.run(
        [sys.executable, "-c", probe], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout
    assert output.split() == ["jane", str(fixed_home)]
    assert (Path.home(), socket.gethostname()) == (fixed_home, "build-7.example.com")
