"""A scrubber in another process: what travels with it, and that both give the same."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from copy import copy, deepcopy
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest

from scrubber import Scrubber
from scrubber.detect.known import known_rules
from scrubber.identity.model import Identity
from scrubber.identity.roots import Roots
from scrubber.naming import Names
from scrubber.redact.key import rotate_key
from scrubber.ruleset.model import Policy, Rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

IDENTITY = Identity(accounts=("vexlab7",), hosts=("lab-vexnode",), names=("Jane Tavrinsky",))
TEXT = "vexlab7 on lab-vexnode, jane@example.com"
KEYED = Policy("keyed", operator="pseudonym")


def elsewhere(work: Callable[[str], str], text: str) -> str:
    """Do work in a process that shares nothing with this one but what is sent."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, text).result()


def copied(one: Scrubber) -> Scrubber:
    """Send a scrubber through a pickle."""
    return pickle.loads(pickle.dumps(one))  # type: ignore[no-any-return]  # noqa: S301  # our own


def test_names_stay_behind_unless_asked() -> None:
    """A pickle may lie in a queue, a cache or a file; names travel only on purpose."""
    data = pickle.dumps(Scrubber(identity=IDENTITY))
    shared = pickle.dumps(Scrubber(identity=IDENTITY, share_identity=True))
    for values in IDENTITY.reveal().values():
        for value in values:
            assert value.encode() not in data
            assert value.encode() in shared


def test_shared_names_are_found_in_another_process() -> None:
    """A worker on another machine reports about this one."""
    one = Scrubber(identity=IDENTITY, share_identity=True)
    expected = "[user] on [host], [email]"
    assert one.scrub_text(TEXT) == elsewhere(one.scrub_text, TEXT) == expected


def test_unshared_names_are_asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that loads a scrubber asks its own machine, unless there were to be none."""
    monkeypatch.setattr("scrubber.naming.collect", lambda: Identity(accounts=("kvortex9",)))
    monkeypatch.delenv("SCRUBBER_NO_IDENTITY")
    assert copied(Scrubber(identity=IDENTITY)).scrub_text("vexlab7 kvortex9") == "vexlab7 [user]"
    assert copied(Scrubber(identity=Identity.none())).scrub_text("kvortex9") == "kvortex9"


def test_a_worker_looks_for_its_own_names_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its account, host and folders are nobody's business either, unless the names were given."""
    monkeypatch.delenv("SCRUBBER_NO_IDENTITY")
    here = {"accounts": ("vexlab7",), "roots": Roots(tmp=("/vxtmp",))}
    there = {"accounts": ("kvortex9",), "roots": Roots(tmp=("/kvtmp",))}
    monkeypatch.setattr("scrubber.naming.collect", lambda: Identity(**here))  # type: ignore[arg-type]
    sent = [
        pickle.dumps(Scrubber(path_mode="anchor", identity=given, share_identity=True))
        for given in (None, Identity(**here))  # type: ignore[arg-type]
    ]
    monkeypatch.setattr("scrubber.naming.collect", lambda: Identity(**there))  # type: ignore[arg-type]
    asked, given = (pickle.loads(data) for data in sent)  # noqa: S301  # our own
    text = "vexlab7 kvortex9 /kvtmp/x.py"
    assert asked.scrub_text(text) == "[user] [user] <tmp>/x.py"
    assert given.scrub_text(text) == "[user] kvortex9 <tmp>/x.py"
    again = copied(asked)
    assert again.scrub_text(text) == "[user] [user] <tmp>/x.py"


def test_a_copy_in_this_process_keeps_its_names() -> None:
    """A data set that holds a scrubber is copied for every loader."""
    one = Scrubber(identity=IDENTITY)
    for other in (copy(one), deepcopy(one), deepcopy([one])[0]):
        assert other.scrub_text(TEXT) == "[user] on [host], [email]"
        assert other is not one


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no process")
def test_a_fork_amid_the_first_use_does_not_stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread that asks the machine is not in the child; what it holds never opens there."""
    monkeypatch.delenv("SCRUBBER_NO_IDENTITY")
    monkeypatch.setattr("scrubber.locks.PATIENCE", 0.05)
    asking, done = threading.Event(), threading.Event()

    def slowly() -> Identity:
        asking.set()
        done.wait(20)
        return IDENTITY

    monkeypatch.setattr("scrubber.naming.collect", slowly)
    one = Scrubber(Policy("none", entities=("USERNAME",)))
    thread = threading.Thread(target=one.scrub_text, args=("x",))
    thread.start()
    asking.wait()
    child = os.fork()
    if not child:
        signal.alarm(20)  # ends the child that stands still
        monkeypatch.setattr("scrubber.naming.collect", lambda: IDENTITY)
        os._exit(0 if one.scrub_text("by vexlab7") == "by [user]" else 1)
    try:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    finally:
        done.set()
        thread.join()


def test_the_folders_of_rule_files_stay_behind(tmp_path: Path) -> None:
    """A rule file in a home would name its owner."""
    folder = tmp_path / "vexlab7"
    folder.mkdir()
    file = folder / "mine.toml"
    file.write_text(
        '[[rule]]\nid = "mine.badge"\nentity = "BADGE"\ndescription = "A badge."\n'
        "confidence = 1.0\npattern = 'BADGE-[0-9]{6}'\n"
        "match = ['«BADGE-000001»', 'at «BADGE-000002»']\n"
        "no_match = ['badge', 'BADGE-x']\n",
        encoding="utf-8",
    )
    one = Scrubber(rules=[file])
    assert b"vexlab7" not in pickle.dumps(one)
    assert copied(one).scrub_text("BADGE-000001") == "[badge]"


def test_pseudonyms_are_equal_in_every_process(tmp_path: Path) -> None:
    """In this one, in one that loads the scrubber, and after a restart; without the key itself."""
    one = Scrubber(KEYED, key=tmp_path / "key", identity=Identity.none())
    here = one.scrub_text("jane@example.com")
    assert here == one.scrub_many(["x", "jane@example.com"])[1]
    assert here == Scrubber(KEYED, key=tmp_path / "key").scrub_text("jane@example.com")
    assert here == elsewhere(one.scrub_text, "jane@example.com")
    assert here.startswith("[email:~")
    secret = (tmp_path / "key").read_text(encoding="ascii").split()[-1]
    assert secret.encode() not in pickle.dumps(one)
    assert bytes.fromhex(secret) not in pickle.dumps(one)


def test_two_installations_share_no_pseudonym(tmp_path: Path) -> None:
    """Each has its own random key."""
    texts = [f"user{number}@example.com" for number in range(50)]
    first = Scrubber(KEYED, key=tmp_path / "a").scrub_many(texts)
    second = Scrubber(KEYED, key=tmp_path / "b").scrub_many(texts)
    assert len({*first, *second}) == 100


def test_another_key_gives_no_pseudonyms(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A worker whose key is not the sender's would mix up people: it writes plain placeholders."""
    one = copied(Scrubber(KEYED, key=tmp_path / "key"))
    data = pickle.dumps(one)
    rotate_key(tmp_path / "key")
    late = pickle.loads(data)  # noqa: S301  # our own
    assert late.scrub_text("jane@example.com x bob@example.com") == "[email] x [email]"
    assert len(caplog.records) == 1


def test_nothing_is_asked_of_the_machine_before_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Building a scrubber collects nothing and makes no key."""
    monkeypatch.delenv("SCRUBBER_NO_IDENTITY")
    monkeypatch.setattr("scrubber.naming.collect", None)
    monkeypatch.setattr("scrubber.redact.pseudonyms.load_key", None)
    one = Scrubber(KEYED)
    assert repr(one) == f"Scrubber(policy='keyed', rules={len(one.ruleset.rules_for(KEYED))})"


def test_a_switch_keeps_the_machine_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was given is looked for all the same; and nothing is shared unless that is said."""
    monkeypatch.setattr("scrubber.naming.collect", lambda: IDENTITY)
    monkeypatch.setenv("SCRUBBER_NO_IDENTITY", "1")
    assert Names()().counts() == {}
    assert Names(IDENTITY)() is IDENTITY
    assert b"vexlab7" not in pickle.dumps(Names(IDENTITY))
    monkeypatch.setenv("SCRUBBER_NO_IDENTITY", "0")
    assert Names()() is IDENTITY


def test_warming_asks_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret that came into the environment after the first use is known after `warm`."""
    monkeypatch.delenv("SCRUBBER_NO_IDENTITY")
    known = iter([Identity(accounts=("vexlab7",)), Identity(accounts=("kvortex9",))])
    monkeypatch.setattr("scrubber.naming.collect", lambda: next(known))
    one = Scrubber(Policy("none", entities=("USERNAME",)))
    assert one.scrub_text("vexlab7 kvortex9") == "[user] kvortex9"
    one.warm()
    assert one.scrub_text("vexlab7 kvortex9") == "vexlab7 [user]"


def test_names_become_rules_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text and events have a wiring each, and the same rules of names; `warm` makes them anew."""
    made: list[Identity] = []

    def make(names: Identity) -> list[Rule]:
        made.append(names)
        return known_rules(names)

    monkeypatch.setattr("scrubber.naming.known_rules", make)
    one = Scrubber(Policy("none", entities=("USERNAME",)), identity=IDENTITY)
    one.scrub_text("x")
    one.scrub({"message": "x"})
    assert len(made) == 1
    one.warm()
    assert len(made) == 2


def test_a_scrubber_for_workers_asks_nothing_where_it_goes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Names, known folders and the key go with it; the machine it comes to is not looked at."""
    monkeypatch.delenv("SCRUBBER_NO_IDENTITY")
    here = Identity(accounts=("vexlab7",), roots=Roots(tmp=("/vxtmp",)))
    monkeypatch.setattr("scrubber.naming.collect", lambda: here)
    policy = Policy("keyed", operator="pseudonym", path_mode="anchor")
    text = "vexlab7 kvortex9 /vxtmp/x.py jane@example.com"
    for one in (
        Scrubber(policy, key=tmp_path / "key"),
        Scrubber(policy, key=tmp_path / "key", identity=Identity.none()),
    ):
        expected = one.scrub_text(text)
        data = pickle.dumps(one.for_workers())
        with monkeypatch.context() as there:
            there.setattr("scrubber.naming.collect", None)
            there.setattr("scrubber.redact.pseudonyms.load_key", None)
            arrived = pickle.loads(data)  # noqa: S301  # our own
            arrived.warm()
            assert copied(arrived).scrub_text(text) == arrived.scrub_text(text) == expected
        assert expected.count("~") >= 1
    assert "vexlab7" in expected


def test_a_key_travels_on_purpose_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """With `share_key` a pickle has it; without, and in a repr, nobody finds it."""
    place = tmp_path / "key"
    own = Scrubber(KEYED, key=place, identity=Identity.none())
    shared = Scrubber(KEYED, key=place, identity=Identity.none(), share_key=True)
    expected = own.scrub_text("jane@example.com")
    secret = bytes.fromhex(place.read_text(encoding="ascii").split()[-1])
    assert secret in pickle.dumps(shared)
    for data in (pickle.dumps(own), repr(shared).encode(), repr(vars(shared)).encode()):
        assert secret not in data
        assert secret.hex().encode() not in data
    data = pickle.dumps(shared)
    unused = pickle.dumps(Scrubber(key=place, identity=Identity.none(), share_key=True))
    assert secret not in unused
    monkeypatch.setattr("scrubber.redact.pseudonyms.load_key", None)
    assert pickle.loads(data).scrub_text("jane@example.com") == expected  # noqa: S301  # our own
    assert caplog.records == []


def test_a_key_that_failed_is_made_up_by_no_worker(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Plain placeholders here are plain placeholders everywhere; the worker reads no other key."""
    place = tmp_path / "key"
    place.write_text("damaged", encoding="ascii")
    place.chmod(0o600)
    one = Scrubber(KEYED, key=place, identity=Identity.none()).for_workers()
    data = pickle.dumps(one)
    place.unlink()
    assert pickle.loads(data).scrub_text("jane@example.com") == "[email]"  # noqa: S301  # our own
    assert len(caplog.records) == 1
    assert not place.exists()
