"""
The names of a machine stay in memory: no file, no pickle, no output and no `repr` holds one.

A process of a made-up machine does all that the package can do, with its home, caches, state, data
and temporary files in one folder. Then each file there is read as bytes and looked through in every
encoding, and for the plain hashes that would tell a name to whoever guesses it.
"""

from __future__ import annotations

import hashlib
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from scrubber import Scrubber
from scrubber.detect.known import known_rules
from scrubber.encodings import ENCODINGS
from scrubber.identity.model import Identity
from tests.identity.planted import Literal, plant
from tests.identity.survivors import plain, survivors

ROOT: Final = Path(__file__).resolve().parents[2]
WIDE: Final = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
MOST_DECODED: Final = 100_000
HASHES: Final = ("md5", "sha1", "sha256", "sha512", "blake2b")

CHILD: Final = """
import json, logging, pickle, sys, tempfile
from pathlib import Path
from scrubber import Policy, Scrubber, scrub, scrub_text
from tests.identity.planted import plant
from tests.identity.reports import reports
seed, home = int(sys.argv[1]), sys.argv[2]
logging.basicConfig(level=logging.DEBUG)
literals = plant(seed).literals(home)
some = list(reports(literals, seed=seed, count=25))
keyed = Scrubber(Policy("keyed", operator="pseudonym"))
shown = []
for scrubber in (Scrubber(), keyed):
    scrubber.warm()
    for report in some:
        if isinstance(report.content, str):
            redaction = scrubber.redact(report.content)
            shown += [redaction.text, repr(redaction.report)]
            if len(report.content) < 300:
                shown += [repr(scrubber.scan(report.content))]
                shown += [repr(scrubber.explain(report.content))]
        else:
            shown.append(json.dumps(scrubber.scrub(report.content), ensure_ascii=False))
    shown += [repr(scrubber), str(scrubber), repr(scrubber.identity), str(scrubber.identity)]
    shown.append(json.dumps(scrubber.identity.counts()))
    pickled = pickle.dumps(scrubber)
    Path(tempfile.gettempdir(), f"scrubber-{len(shown)}.pickle").write_bytes(pickled)
    shown.append(pickle.loads(pickled).scrub_text(some[0].content) if some else "")
try:
    pickle.dumps(scrubber.identity)
except TypeError as error:
    shown.append(str(error))
sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
print("\\n".join(shown))
"""

COMMANDS: Final = (
    ("identity",),
    ("redact", "--verbose", "report.log", "--output", "clean.log"),
    ("scan", "--format", "sarif", "report.log"),
    ("key", "show"),
    ("key", "rotate"),
)


def held(data: bytes, literals: tuple[Literal, ...]) -> list[str]:
    """Give the kinds of the literals that bytes hold, in any encoding, or hashed."""
    text = data.decode("utf-8", "ignore")
    kinds = set(told(data, literals))
    # Pickles of all rules are megabytes, which are searched but not decoded.
    kinds.update(survivors(text, literals) if len(data) < MOST_DECODED else ())
    low = data.lower()
    for one in literals:
        # The parts as well: half of a secret and a surname tell enough.
        for form in {one.text, *one.needles}:
            encoded = [encoding.encode(form).encode() for encoding in ENCODINGS.values()]
            encoded += [form.encode(wide) for wide in WIDE]
            hashed = [hashlib.new(name, form.encode()) for name in HASHES]
            hexadecimal = [digest.hexdigest().encode() for digest in hashed]
            encoded += [digest.digest() for digest in hashed]
            if any(part in data for part in encoded) or any(part in low for part in hexadecimal):
                kinds.add(one.kind)
    return sorted(kinds)


def told(data: bytes, literals: tuple[Literal, ...]) -> list[str]:
    """Give the kinds of the literals that bytes hold as they are: enough for megabytes."""
    low = plain(data.decode("utf-8", "ignore"))
    return [one.kind for one in literals if any(plain(part) in low for part in one.needles)]


def test_what_is_held_is_seen() -> None:
    """The test below would notice a name in any form."""
    literals = plant(6).literals("/srv/homes/x")
    account = next(one for one in literals if one.kind == "account")
    forms = [encoding.encode(account.text).encode() for encoding in ENCODINGS.values()]
    forms += [account.text.encode(wide) for wide in WIDE]
    forms += [b"\0" + account.text.encode(wide) for wide in WIDE]
    forms += [hashlib.sha256(account.text.encode()).digest()]
    forms += [hashlib.sha1(account.text.encode()).hexdigest().upper().encode()]  # noqa: S324
    assert [held(b"\x80 1 " + form + b" 2", literals) for form in forms] == [["account"]] * len(
        forms
    )
    assert held(b"nothing", literals) == []


def test_no_file_and_no_output_holds_a_name(tmp_path: Path) -> None:
    """Neither what the package writes to disk, nor what it prints, nor the names of its files."""
    seed = 6
    person = plant(seed)
    home, repository, environment = person.files(tmp_path)
    literals = person.literals(str(home))
    ours = {path for path in tmp_path.rglob("*") if path.is_file()}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}

    def run(*command: str, stdin: bytes = b"") -> bytes:
        done = subprocess.run(
            [sys.executable, *command],
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=repository,
            env=environment,
            check=False,
        )
        return done.stdout

    log = repository / "report.log"
    log.write_text(f"user={person.account} on {person.host}: {person.token}\n", "utf-8")
    ours.add(log)
    outputs = {"everything": run("-c", CHILD, str(seed), str(home))}
    for command in COMMANDS:
        name = " ".join(command)
        outputs[name] = run("-m", "scrubber.cli", *command, stdin=log.read_bytes())
    assert {name: held(data, literals) for name, data in outputs.items()} == {
        name: [] for name in outputs
    }
    # It did what it should: nothing ended early, and pseudonyms were made with a key of its own.
    assert [
        name for name, data in outputs.items() if b"Traceback" in data or b"Usage:" in data
    ] == []
    assert b"[user:~" in outputs["everything"]
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path not in ours]
    bases = [
        next(base for base in (repository, home, tmp_path) if base in path.parents)
        for path in files
    ]
    names = [str(path.relative_to(base)) for path, base in zip(files, bases, strict=True)]
    assert held("\n".join(names).encode("utf-8", "surrogateescape"), literals) == []
    assert [held(path.read_bytes(), literals) for path in files] == [[]] * len(files)


def identity_of(seed: int) -> tuple[Identity, tuple[Literal, ...]]:
    """Give a made-up identity and its literals."""
    person = plant(seed)
    home = f"/srv/homes/{person.folder}"
    identity = Identity(
        accounts=(person.account, person.short),
        names=(person.name,),
        hosts=(person.host, f"{person.host}.cs.example.edu"),
        emails=(person.address,),
        owners=(person.owner,),
        homes=(home,),
        secrets=(person.token, person.odd, person.phrase, person.password),
    )
    return identity, person.literals(home)


def test_nothing_shows_a_name_but_what_was_asked_to() -> None:
    """Reprs, pickles and states of a scrubber, of its rules and of its identity."""
    identity, literals = identity_of(8)
    scrubber = Scrubber(identity=identity)
    scrubber.warm()
    scrubber.scrub_text("once\n")
    shown = {
        "identity": repr(identity).encode(),
        "scrubber": repr(scrubber).encode(),
        "pickle": pickle.dumps(scrubber),
        "state": repr(scrubber.__getstate__()).encode(),
        # What Sentry shows of the locals of a frame, were the engine to fail.
        "attributes": repr(vars(scrubber)).encode(),
        "rules": repr(known_rules(identity)).encode(),
    }
    assert {name: told(data, literals) for name, data in shown.items()} == {
        name: [] for name in shown
    }


def test_a_pickle_carries_names_only_if_asked_to() -> None:
    """A worker gets them when the caller says so, and removes them like the sender."""
    identity, literals = identity_of(9)
    sent = pickle.dumps(Scrubber(identity=identity, share_identity=True))
    assert held(sent, literals) != []
    text = f"lost {literals[0].text} at {literals[3].text}"
    assert survivors(pickle.loads(sent).scrub_text(text), literals) == []  # noqa: S301  # our own


def test_an_identity_is_neither_pickled_nor_copied() -> None:
    """The message names nobody."""
    identity, literals = identity_of(10)
    with pytest.raises(TypeError) as caught:
        pickle.dumps(identity)
    assert held(str(caught.value).encode(), literals) == []


def test_a_failure_inside_tells_no_name(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A pattern that cannot be made is a counted failure; a log line never shows it."""
    identity, literals = identity_of(12)
    scrubber = Scrubber(identity=identity)

    def broken(pattern: str) -> object:
        raise ValueError(pattern)

    monkeypatch.setattr("scrubber.detect.confirm.compiled", broken)
    scrubbed = scrubber.scrub_text(f"lost {literals[0].text}\n")
    assert survivors(scrubbed, literals) == []
    assert held(caplog.text.encode(), literals) == []
    assert "scrub-failed" in scrubbed
