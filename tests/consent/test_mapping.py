"""The settings of an application: a mapping, its file, and what it allows."""

from __future__ import annotations

import copy
import json
import os
import pickle
import threading
from typing import TYPE_CHECKING, Any

import pytest

import scrubber
from scrubber.consent import Settings
from scrubber.consent.keys import CONSENT, KEYS, SCOPES
from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")


def test_defaults_hold_where_nobody_chose(settings: Settings, folder: Path) -> None:
    """Everything but logs; asking makes no file."""
    assert {name: settings[name] for name in KEYS if name != "installation_id"} == {
        "sync": True,
        "crash_reports": True,
        "usage_events": True,
        "logs": False,
        "policy": "balanced",
        "path_mode": "auto",
    }
    assert [settings.allows(scope) for scope in SCOPES] == [True, True, False]
    assert {settings.origin(name) for name in KEYS} == {"default"}
    assert not folder.exists()


def test_it_is_a_mapping(settings: Settings) -> None:
    """Names in order, a length, membership; nothing is taken away."""
    assert list(settings) == list(KEYS)
    assert len(settings) == 7
    assert "sync" in settings
    assert "snc" not in settings
    assert dict(settings)["policy"] == "balanced"
    assert settings.get("snc") is None
    with pytest.raises(KeyError, match="did you mean 'sync'"):
        settings["snc"]
    with pytest.raises(AttributeError):
        del settings["sync"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_needs_itself_and_sync(settings: Settings, scope: str) -> None:
    """Each of the two says no by itself."""
    settings.update({"sync": True, **dict.fromkeys(SCOPES, True)})
    assert settings.allows(scope)
    settings[scope] = False
    assert [settings.allows(one) for one in SCOPES] == [one != scope for one in SCOPES]
    settings.update({scope: True}, sync=False)
    assert [settings.allows(one) for one in SCOPES] == [False] * 3
    assert settings[scope] is True


@pytest.mark.parametrize("scope", ["sync", "policy", "jane", "", None, [], 3])
def test_what_is_no_scope_is_not_allowed(settings: Settings, scope: Any) -> None:  # noqa: ANN401
    """And nothing is raised."""
    assert settings.allows(scope) is False


def test_what_was_chosen_stands_in_the_file_and_nothing_else(
    settings: Settings, folder: Path
) -> None:
    """Readable by its owner only, in a folder of the same kind."""
    settings.update({"sync": True}, policy="strict")
    file = folder / "settings.json"
    assert json.loads(file.read_bytes()) == {"version": 1, "sync": True, "policy": "strict"}
    assert settings.origin("sync") == settings.origin("policy") == "file"
    assert settings.origin("logs") == "default"
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700
        assert folder.parent.stat().st_mode & 0o777 == 0o700


def test_an_update_is_written_whole_or_not_at_all(settings: Settings, folder: Path) -> None:
    """One wrong value and none is written; nothing chosen makes no file."""
    wrongs: list[dict[str, Any]] = [
        {"snc": True},
        {"logs": 1},
        {"policy": "jane"},
        {"installation_id": "x"},
    ]
    for wrong in wrongs:
        with pytest.raises((KeyError, TypeError, ValueError)):
            settings.update({"sync": False, **wrong})
    settings.update({})
    assert not folder.exists()
    assert settings.allows("crash_reports")


def test_defaults_of_an_application_stand_below_the_file(folder: Path) -> None:
    """For one that asks before it collects."""
    asking = Settings("mylib", defaults={"sync": False, "logs": True})
    assert (asking["sync"], asking["logs"], asking.origin("sync")) == (False, True, "default")
    assert not asking.allows("logs")
    asking.update(sync=True)
    assert asking.allows("logs")
    asking.reset()
    assert not asking.allows("logs")
    assert folder.exists()
    with pytest.raises(TypeError, match="sync"):
        Settings("mylib", defaults={"sync": 0})  # type: ignore[dict-item]


@pytest.mark.parametrize("name", CONSENT)
def test_a_reset_keeps_an_opt_out(settings: Settings, name: str) -> None:
    """Unless it is told to forget it."""
    settings.update({"policy": "strict", "logs": True, "sync": True, name: False})
    settings.reset()
    assert settings[name] is False
    assert settings["policy"] == "balanced"
    assert [one for one in KEYS if settings.origin(one) == "file"] == [name]
    settings.reset(keep_opt_out=False)
    assert settings[name] is KEYS[name].default
    assert settings.origin(name) == "default"


CORRUPT = {
    "empty": b"",
    "half": b'{"version": 1, "sync": tr',
    "no JSON": b"\x00\x01\x02",
    "no object": b"[true]",
    "wrong type": b'{"version": 1, "crash_reports": "yes", "sync": true}',
    "too long": b'{"version": 1, "x": "' + b"x" * 100_000 + b'"}',
}


@pytest.mark.parametrize("data", CORRUPT.values(), ids=CORRUPT)
def test_nothing_is_collected_when_the_file_is_corrupt(
    settings: Settings, written: Path, caplog: pytest.LogCaptureFixture, data: bytes
) -> None:
    """And a warning says so, once, without data; so does the origin."""
    written.write_bytes(data)
    for _ in range(3):
        assert not any(settings.allows(scope) for scope in SCOPES)
        assert not Settings("mylib").allows("crash_reports")
    assert [settings[name] for name in CONSENT] == [False] * 4
    assert {settings.origin(name) for name in CONSENT} == {"corrupt file"}
    (record,) = caplog.records
    assert "crashscrub sends nothing for mylib" in record.getMessage()
    assert "scrubber settings reset --app mylib" in record.getMessage()
    assert str(written.parent) not in record.getMessage()
    assert settings["policy"] == "balanced"


@pytest.mark.parametrize("data", CORRUPT.values(), ids=CORRUPT)
def test_a_corrupt_file_is_mended_without_consent(
    settings: Settings, written: Path, data: bytes
) -> None:
    """A reset and an update leave refused what may have been; only forgetting does not."""
    written.write_bytes(data)
    settings.update(policy="strict")
    assert settings["policy"] == "strict"
    assert not settings.allows("crash_reports")
    assert settings.origin("crash_reports") == "file"
    written.write_bytes(data)
    settings.reset()
    assert not settings.allows("crash_reports")
    written.write_bytes(data)
    settings.reset(keep_opt_out=False)
    assert settings.allows("crash_reports")


@POSIX
@pytest.mark.parametrize("kind", ["link", "dangling", "own link", "folder", "pipe"])
def test_what_is_no_file_of_ones_own_is_corrupt(
    settings: Settings, written: Path, tmp_path: Path, kind: str
) -> None:
    """A link, wherever it leads; a folder; a pipe, which nobody waits for."""
    other = tmp_path / "other.json"
    other.write_text('{"version": 1, "sync": true}', "ascii")
    if kind == "link":
        written.symlink_to(other)
    elif kind == "dangling":
        written.symlink_to(tmp_path / "nowhere")
    elif kind == "own link":
        other.rename(written.parent / "own.json")
        written.symlink_to("own.json")
    elif kind == "folder":
        written.mkdir()
    else:
        os.mkfifo(written)
    assert not settings.allows("crash_reports")
    assert settings.origin("sync") == "corrupt file"
    if kind in {"link", "dangling", "own link"}:
        settings.update(sync=True, crash_reports=True)
        assert settings.allows("crash_reports")
        assert not written.is_symlink()


@POSIX
@pytest.mark.parametrize(
    ("file", "around", "fine"),
    [
        (0o600, 0o700, True),
        (0o644, 0o755, True),
        (0o664, 0o775, True),
        (0o666, 0o700, False),
        (0o602, 0o700, False),
        (0o600, 0o777, False),
        (0o600, 0o1777, True),
    ],
)
def test_what_everybody_may_write_is_not_relied_on(
    settings: Settings, written: Path, file: int, around: int, *, fine: bool
) -> None:
    """They might have taken a refusal away; in a folder like /tmp they cannot."""
    written.write_text('{"version": 1, "sync": true}', "ascii")
    written.chmod(file)
    written.parent.chmod(around)
    assert settings.allows("crash_reports") is fine
    assert settings.origin("sync") == ("file" if fine else "corrupt file")


@POSIX
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives away")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_belongs_to_somebody_else_is_not_relied_on(
    settings: Settings, written: Path, what: str
) -> None:
    """Neither a file nor its folder."""
    written.write_text('{"version": 1, "sync": true}', "ascii")
    assert settings.allows("crash_reports")
    os.chown(written if what == "file" else written.parent, 65534, 65534)
    assert not Settings("mylib").allows("crash_reports")
    assert Settings("mylib").origin("sync") == "corrupt file"


def test_a_change_of_the_mode_alone_is_seen(settings: Settings, written: Path) -> None:
    """The file is looked at again, not what was known of it."""
    written.write_text('{"version": 1, "sync": true}', "ascii")
    assert settings.allows("crash_reports")
    if os.name == "posix":
        written.chmod(0o666)
        assert not settings.allows("crash_reports")
        written.chmod(0o600)
        assert settings.allows("crash_reports")


def test_a_folder_that_cannot_be_written_means_no(
    ordinary_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody could refuse there; said once, and over when it is."""
    settings = Settings("mylib", folder=ordinary_folder / "mylib")
    ordinary_folder.chmod(0o500)
    for _ in range(2):
        assert not settings.allows("crash_reports")
    assert settings.origin("sync") == "unwritable file"
    assert settings["installation_id"] == ""
    with pytest.raises(ConfigError, match="cannot be written: permission denied"):
        settings.update(sync=False)
    assert [one.getMessage() for one in caplog.records] == [
        (
            "crashscrub sends nothing for mylib: the file of its settings cannot be written; "
            "a refusal could not be written there"
        )
    ]
    ordinary_folder.chmod(0o700)
    settings.update(policy="strict")
    assert settings.allows("crash_reports")


def test_a_file_that_cannot_be_written_means_no(ordinary_folder: Path) -> None:
    """Nor one that cannot be read."""
    settings = Settings("mylib", folder=ordinary_folder)
    settings.update(sync=True)
    file = ordinary_folder / "settings.json"
    for mode, origin in ((0o400, "unwritable file"), (0o000, "corrupt file"), (0o600, "file")):
        file.chmod(mode)
        assert settings.allows("crash_reports") is (origin == "file")
        assert settings.origin("sync") == origin
    ordinary_folder.chmod(0)
    assert not settings.allows("crash_reports")
    ordinary_folder.chmod(0o700)
    assert settings.allows("crash_reports")


def test_a_refusal_that_cannot_be_written_is_heeded(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this process, until a choice is written: here the disk is full."""
    settings.update(sync=True)
    real = os.fsync

    def full(_: int) -> None:
        raise OSError(28, "No space left on device", "/home/jane/secret")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError) as raised:
        settings.update(crash_reports=False)
    assert str(raised.value) == "the settings cannot be written: no space left on device"
    assert not any(settings.allows(scope) for scope in SCOPES)
    assert settings.origin("crash_reports") == "unwritable file"
    monkeypatch.setattr(os, "fsync", real)
    assert [one.name for one in settings.folder.iterdir() if one.name.startswith(".")] == []
    settings.update(policy="fast")
    assert settings.allows("crash_reports")


def test_an_older_file_is_taken_over_when_it_is_written(settings: Settings, written: Path) -> None:
    """What was valid stays, and so does what was refused."""
    written.write_text('{"sync": "no", "policy": "strict", "path_mode": 7, "uuid": "x"}', "ascii")
    assert (settings["sync"], settings["policy"], settings["path_mode"]) == (
        False,
        "strict",
        "auto",
    )
    settings.update(logs=False)
    assert json.loads(written.read_bytes()) == {
        "version": 1,
        "sync": False,
        "policy": "strict",
        "logs": False,
    }


def test_a_newer_file_is_not_overwritten(settings: Settings, written: Path) -> None:
    """It is heeded as far as it is understood, and takes a refusal and nothing else."""
    newer = {"version": 9, "crash_reports": False, "policy": "paranoid", "more": {"a": 1}}
    written.write_text(json.dumps(newer), "ascii")
    assert [settings.allows(scope) for scope in SCOPES] == [False, True, False]
    changes: list[Callable[[], None]] = [
        lambda: settings.update(crash_reports=True),
        lambda: settings.update(sync=False, policy="fast"),
        settings.reset,
        lambda: settings.reset(keep_opt_out=False),
    ]
    for change in changes:
        with pytest.raises(ConfigError, match="a newer crashscrub wrote the settings"):
            change()
    assert json.loads(written.read_bytes()) == newer
    assert settings.allows("usage_events")
    settings.update(sync=False)
    assert json.loads(written.read_bytes()) == {**newer, "sync": False}
    assert not settings.allows("usage_events")


def test_another_thread_is_heeded_at_once(settings: Settings) -> None:
    """The next question after the choice has its answer."""
    for allowed in (False, True) * 5:
        thread = threading.Thread(target=settings.update, args=({"sync": allowed},))
        thread.start()
        thread.join()
        assert settings.allows("crash_reports") is allowed


def test_another_one_of_the_same_name_is_heeded_at_once(settings: Settings) -> None:
    """Changes that follow each other within one tick of the clock, too."""
    other = Settings("mylib")
    for allowed in (False, True) * 50:
        other.update(sync=allowed)
        assert settings.allows("crash_reports") is allowed


def test_a_file_written_in_place_is_heeded_at_once(settings: Settings, written: Path) -> None:
    """With the same inode and the same length, as an editor writes."""
    for word in (" true", "false") * 50:
        written.write_text(f'{{"version": 1, "sync": {word}}}', "ascii")
        assert settings.allows("crash_reports") is (word != "false")


def test_asking_again_costs_one_look(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is opened while nothing changes."""
    settings.update(sync=True)
    looks = 0
    real = os.lstat

    def look(path: str) -> os.stat_result:
        nonlocal looks
        looks += 1
        return real(path)

    def never(*_args: object, **_options: object) -> int:
        pytest.fail("a file was opened")

    monkeypatch.setattr("scrubber.consent.store._FRESH", 0)
    assert settings.allows("crash_reports")
    monkeypatch.setattr(os, "lstat", look)
    monkeypatch.setattr(os, "open", never)
    for _ in range(10):
        assert settings.allows("crash_reports")
    assert looks == 10


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_heeds_its_parent(settings: Settings) -> None:
    """And its parent heeds it; the lock that a thread of the parent holds is not kept."""
    settings.update(sync=True)
    assert settings.allows("crash_reports")
    with Settings("mylib")._store().writing(1) as mine:  # noqa: SLF001
        assert mine
        child = os.fork()
        if child == 0:
            code = 1
            try:
                settings.update(sync=False)  # waits until the parent is done
                code = 0 if not settings.allows("crash_reports") else 2
            finally:
                os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert not settings.allows("crash_reports")
    settings.update(sync=True)
    assert settings.allows("crash_reports")


def test_it_travels_as_what_was_named(folder: Path) -> None:
    """Pickled and copied: name, folder and defaults; what is written stays in its file."""
    one = Settings("mylib", folder=folder.parent / "x", defaults={"logs": True})
    one.update(policy="strict")
    for other in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):  # noqa: S301
        assert (other.app, other.folder, other["logs"]) == ("mylib", folder.parent / "x", True)
        assert other["policy"] == "strict"
        other.update(policy="fast")
        assert one["policy"] == "fast"
        one.update(policy="strict")
    assert b"strict" not in pickle.dumps(one)


def test_its_repr_shows_nothing(settings: Settings) -> None:
    """Neither values nor folders; and comparing two asks for nothing."""
    assert repr(settings) == "Settings('mylib')"
    assert settings != Settings("mylib")
    assert len({settings, settings}) == 1
    assert not settings.folder.exists()


def test_everything_that_is_held_is_exported(settings: Settings, written: Path) -> None:
    """Settings with where they come from, what else stands in the file, and what was sent."""
    written.write_text('{"version": 1, "sync": true, "note": "mine"}', "ascii")
    settings.journal.note("event", b"{}", to="host.example.com")
    made = settings["installation_id"]
    found = settings.exported()
    assert found["settings"]["sync"] == {"value": True, "origin": "file"}
    assert found["settings"]["logs"] == {"value": False, "origin": "default"}
    assert found["settings"]["installation_id"] == {"value": made, "origin": "file"}
    assert found["other"] == {"note": "mine"}
    assert [one["payload"] for one in found["sent"]] == ["{}"]
    assert (found["app"], found["version"], found["problem"]) == ("mylib", 1, "")
    assert json.loads(json.dumps(found)) == found


def test_exporting_makes_nothing(settings: Settings, folder: Path) -> None:
    """Not even an id."""
    assert settings.exported()["settings"]["installation_id"]["value"] == ""
    assert not folder.exists()


def test_delete_leaves_nothing(settings: Settings, folder: Path) -> None:
    """No file and no folder, where nothing was refused; twice is once."""
    settings.update(sync=True, policy="strict")
    settings.journal.note("event", b"{}", to="host.example.com")
    (folder / ".settings-left").touch()
    assert settings["installation_id"]
    settings.delete()
    assert not folder.exists()
    settings.delete()
    assert settings["policy"] == "balanced"


def test_delete_leaves_what_was_refused(settings: Settings, folder: Path) -> None:
    """And only that; other files of the application stay, too."""
    assert settings["installation_id"]
    settings.update(usage_events=False, policy="strict")
    settings.journal.note("event", b"{}", to="host.example.com")
    (folder / "mylib.toml").touch()
    settings.delete()
    assert sorted(one.name for one in folder.iterdir()) == ["mylib.toml", "settings.json"]
    assert json.loads((folder / "settings.json").read_bytes()) == {
        "version": 1,
        "usage_events": False,
    }
    settings.reset(keep_opt_out=False)
    settings.delete()
    assert [one.name for one in folder.iterdir()] == ["mylib.toml"]


def test_delete_of_what_cannot_be_read_is_no_consent(settings: Settings, written: Path) -> None:
    """It may have held a refusal."""
    written.write_text("{", "ascii")
    settings.delete()
    assert not settings.allows("crash_reports")
    assert settings.origin("crash_reports") == "file"


def test_the_facade_has_those_of_this_package(tmp_path: Path) -> None:
    """`from scrubber import settings`."""
    assert scrubber.settings.app == "crashscrub"
    assert scrubber.settings.folder == tmp_path / "config" / "crashscrub"
    scrubber.settings.update({"sync": False})
    assert not scrubber.settings.allows("crash_reports")
