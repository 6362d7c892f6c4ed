"""One thing, one pseudonym, wherever and whenever; and no pseudonym without a key."""

from __future__ import annotations

import copy
import hashlib
import hmac
import logging
import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.redact import pseudonyms as module
from scrubber.redact.crockford import check
from scrubber.redact.key import Key, load_key, rotate_key
from scrubber.redact.pseudonyms import OnDemand, Pseudonyms, salted, token_of

ROOT = Path(__file__).resolve().parents[2]
OURS = Pseudonyms(Key(bytes(range(32))))
THEIRS = Pseudonyms(Key(bytes(range(1, 33))))
VALUES = [f"user{number}" for number in range(2000)]


def test_a_pseudonym_is_what_the_design_says() -> None:
    """HMAC-SHA256 of entity, NUL and normal form: 50 bits and a check."""
    message = b"EMAIL_ADDRESS\0jane@example.com"
    digest = hmac.new(bytes(range(32)), message, hashlib.sha256).digest()
    token = OURS.token("EMAIL_ADDRESS", "Jane%40Example.COM")
    assert token == token_of(digest)
    assert len(token) == 11
    assert check(token[:10]) == token[10]


@given(st.text(), st.text())
def test_equal_values_only_have_equal_pseudonyms(one: str, other: str) -> None:
    """As far as 50 bits go."""
    equal = OURS.token("SECRET", one) == OURS.token("SECRET", other)
    assert equal is (one == other)


def test_entities_installations_and_epochs_share_nothing(tmp_path: Path) -> None:
    """Nothing links one to another."""
    path = tmp_path / "key"
    first, second = Pseudonyms(load_key(path)), Pseudonyms(rotate_key(path))
    sets = [
        {pseudonyms.token(entity, value) for value in VALUES}
        for pseudonyms in (OURS, THEIRS, first, second)
        for entity in ("USERNAME", "PERSON", "HOSTNAME")
    ]
    sets += [{salted("salt" * 4, "USERNAME", value) for value in VALUES}]
    assert len(set().union(*sets)) == sum(len(one) for one in sets) == 13 * len(VALUES)


def test_a_salt_gives_everybody_the_same() -> None:
    """Who has the policy has the hashes; another salt has others."""
    assert salted("salt" * 4, "USERNAME", "Jane") == salted("salt" * 4, "USERNAME", "jane")
    assert salted("salt" * 4, "USERNAME", "jane") != salted("pepper" * 4, "USERNAME", "jane")
    assert salted("\udc80" * 16, "USERNAME", "jane\udc80")


CHILD = """
import sys
from pathlib import Path
from scrubber.redact.pseudonyms import OnDemand
found = OnDemand(Path(sys.argv[1]))()
print(found.token("USERNAME", "jane"))
"""


def test_processes_and_restarts_have_the_same(tmp_path: Path) -> None:
    """Whatever the seed of hashes."""
    path = tmp_path / "key"
    found = OnDemand(path)()
    assert found is not None
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", CHILD, str(path)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        )
        assert done.stdout == f"{found.token('USERNAME', 'jane')}\n"


def _in_child(lazy: OnDemand, queue: multiprocessing.SimpleQueue[str]) -> None:
    found = lazy()
    queue.put(found.token("USERNAME", "jane") if found else "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize("before", [True, False])
def test_a_forked_process_has_the_same(tmp_path: Path, *, before: bool) -> None:
    """Also while another thread reads the key: there is no lock to inherit."""
    lazy = OnDemand(tmp_path / "key")
    if before:
        assert lazy() is not None
    context = multiprocessing.get_context("fork")
    queue: multiprocessing.SimpleQueue[str] = context.SimpleQueue()
    process = context.Process(target=_in_child, args=(lazy, queue))
    process.start()
    process.join(30)
    found = lazy()
    assert found is not None
    assert queue.get() == found.token("USERNAME", "jane")


def test_nothing_is_touched_before_the_first_pseudonym(tmp_path: Path) -> None:
    """Neither read nor made."""
    path = tmp_path / "folder" / "key"
    lazy = OnDemand(path)
    assert (lazy.failed, lazy.key_id) == (False, "")
    assert not path.parent.exists()
    found = lazy()
    assert found is not None
    assert path.exists()
    assert (lazy.failed, lazy.key_id) == (False, found.key_id)
    assert lazy() is found


def test_threads_have_one_outcome(tmp_path: Path) -> None:
    """The first that is done decides for all."""
    lazy = OnDemand(tmp_path / "key")
    barrier = threading.Barrier(8)
    found: list[object] = []

    def run() -> None:
        barrier.wait()
        found.append(lazy())

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({id(one) for one in found}) == 1


def test_an_unusable_key_is_told_of_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Without the folder; and it stays unusable, so that one report is of one kind."""
    path = tmp_path / "jdoe" / "key"
    load_key(path)
    path.write_bytes(b"garbage")
    lazy = OnDemand(path)
    assert [lazy(), lazy()] == [None, None]
    assert lazy.failed
    assert lazy.key_id == ""
    path.unlink()
    assert lazy() is None
    (record,) = caplog.records
    assert (record.name, record.levelname, record.exc_info) == ("scrubber", "WARNING", None)
    assert record.getMessage() == (
        "crashscrub writes plain placeholders instead of pseudonyms, since there is no key: "
        "the key file is damaged; `scrubber key rotate` makes a new one"
    )


def test_threads_tell_of_an_unusable_key_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though all of them find it so."""
    barrier = threading.Barrier(4)

    def fail(_: object) -> Key:
        barrier.wait()
        raise RuntimeError("jane@example.com")

    monkeypatch.setattr(module, "load_key", fail)
    lazy = OnDemand(tmp_path / "key")
    threads = [threading.Thread(target=lazy) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lazy.failed
    assert [record.args for record in caplog.records] == [("RuntimeError",)]


def test_a_log_that_fails_is_passed_over(tmp_path: Path) -> None:
    """What is sent does not depend on it."""
    (tmp_path / "key").touch()

    def refuse(record: logging.LogRecord) -> bool:
        raise RuntimeError(record.getMessage())

    log = logging.getLogger("scrubber")
    log.addFilter(refuse)
    try:
        assert OnDemand(tmp_path / "key")() is None
    finally:
        log.removeFilter(refuse)


def test_only_the_place_and_the_id_travel(tmp_path: Path) -> None:
    """Another process reads its own file, and uses no other key than the one it was told of."""
    path = tmp_path / "key"
    lazy = OnDemand(path)
    found = lazy()
    assert found is not None
    data = pickle.dumps(lazy)
    secret = path.read_bytes().split()[-1]
    assert secret not in data
    assert bytes.fromhex(secret.decode()) not in data
    arrived: OnDemand = pickle.loads(data)  # noqa: S301  # our own
    there = arrived()
    assert there is not None
    assert there.token("USERNAME", "jane") == found.token("USERNAME", "jane")
    rotate_key(path)
    late: OnDemand = pickle.loads(data)  # noqa: S301  # our own
    assert late.key_id == found.key_id
    assert late() is None
    assert late.failed


def test_the_home_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name is somebody's, and the other process may have another one."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    place = OnDemand(tmp_path / "x" / "key").__reduce__()[1][0]
    assert place == Path("~") / "x" / "key"


def test_pseudonyms_do_not_show_or_carry_their_key() -> None:
    """Only the id of the key is public."""
    assert repr(OURS) == f"Pseudonyms(key_id={OURS.key_id!r})"
    for carry in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="Pseudonyms are not pickled"):
            carry(OURS)


def test_a_key_that_is_shared_travels(tmp_path: Path) -> None:
    """In a pickle that was asked for; the other process reads no file, and shares it on."""
    place = tmp_path / "key"
    one = OnDemand.at(place)
    expected = one.sharing()()
    assert expected is not None
    data = pickle.dumps(one.sharing())
    place.unlink()
    other = pickle.loads(data)  # noqa: S301  # made above
    again = pickle.loads(pickle.dumps(other))  # noqa: S301  # made above
    for each in (other, again):
        found = each()
        assert found is not None
        assert found.token("PERSON", "jane") == expected.token("PERSON", "jane")
        assert each.key_id == expected.key_id
    assert not place.exists()


def test_what_shares_before_its_key_was_needed_sends_its_place(tmp_path: Path) -> None:
    """There is no key to send yet, and none is made for it."""
    place = tmp_path / "key"
    data = pickle.dumps(OnDemand.at(place, shared=True))
    assert not place.exists()
    assert not pickle.loads(data).failed  # noqa: S301  # made above


def test_that_a_shared_key_failed_travels(tmp_path: Path) -> None:
    """The other process has no pseudonyms either, and makes no key of its own."""
    place = tmp_path / "key"
    place.write_text("no key")
    data = pickle.dumps(OnDemand.at(place).sharing())
    place.unlink()
    other = pickle.loads(data)  # noqa: S301  # made above
    assert other() is None
    assert other.failed
    assert not place.exists()


def test_who_looks_uses_the_key_that_is_there(tmp_path: Path) -> None:
    """Or the one that was used already."""
    place = tmp_path / "key"
    used = OnDemand.at(place)
    expected = used()
    assert expected is not None
    for one in (OnDemand.at(place), used):
        found = one.looking()()
        assert found is not None
        assert found.key_id == expected.key_id


def test_who_looks_makes_no_file(tmp_path: Path) -> None:
    """A key of its own is forgotten."""
    place = tmp_path / "key"
    one = OnDemand.at(place)
    first, second = one.looking()(), one.looking()()
    assert first is not None
    assert second is not None
    assert first.key_id != second.key_id
    assert not place.exists()


def test_who_looks_tells_of_an_unusable_key_when_it_is_needed(tmp_path: Path) -> None:
    """As ever, and so does one whose key has to be another."""
    place = tmp_path / "key"
    place.write_text("no key")
    assert OnDemand.at(place).looking()() is None
    assert OnDemand(tmp_path / "none", "0123456789").looking()() is None


def test_the_usual_place_is_the_usual_place() -> None:
    """No place is no place."""
    assert repr(OnDemand.at(None).key_id) == "''"
