"""The key's file: made once, whole, for its owner only; and never shown."""

from __future__ import annotations

import copy
import errno
import os
import pickle
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scrubber.errors import ConfigError
from scrubber.redact import key as keys
from scrubber.redact.key import FILE_VARIABLE, Key, find_key, key_path, load_key, rotate_key

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
SECRET = bytes(range(32))
POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the key will be: in a folder that is not there yet, with a name in it."""
    return tmp_path / "jdoe" / "keys" / "my.key"


def refusal(path: Path) -> str:
    """Return why a key is not used; never with the name in its path."""
    with pytest.raises(ConfigError) as caught:
        load_key(path)
    message = str(caught.value)
    assert "jdoe" not in message
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return message


def test_a_key_is_made_once_and_read_ever_after(place: Path) -> None:
    """Restarts have the same one."""
    made = load_key(place)
    again = load_key(place)
    assert (again.id, again.epoch, again.made) == (made.id, 1, made.made)
    assert again.digest(b"x") == made.digest(b"x")
    assert list(place.parent.iterdir()) == [place]


def test_no_two_keys_are_the_same(tmp_path: Path) -> None:
    """They are random."""
    made = [load_key(tmp_path / str(number)) for number in range(20)]
    assert len({one.id for one in made}) == 20
    assert len({one.digest(b"x") for one in made}) == 20


@POSIX
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_file_and_folder_are_their_owners_alone(place: Path, mask: int) -> None:
    """Whatever the umask."""
    before = os.umask(mask)
    try:
        load_key(place)
    finally:
        os.umask(before)
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


@POSIX
def test_a_strange_umask_does_not_close_the_file_to_its_owner(place: Path) -> None:
    """It can be read, and written by whoever restores it."""
    place.parent.mkdir(parents=True)
    before = os.umask(0o777)
    try:
        load_key(place)
    finally:
        os.umask(before)
    assert place.stat().st_mode & 0o777 == 0o600


def test_finding_makes_nothing(place: Path) -> None:
    """Who only asks changes nothing."""
    assert find_key(place) is None
    assert not place.parent.exists()


CHILD = """
import sys
from pathlib import Path
from scrubber.redact.key import load_key
print("ready", flush=True)
sys.stdin.readline()
print(load_key(Path(sys.argv[1])).digest(b"x").hex())
"""


@pytest.mark.parametrize("linking", [True, False], ids=["links", "no-links"])
def test_processes_that_make_it_at_once_have_the_same(place: Path, *, linking: bool) -> None:
    """Each has imported all and waits for the word to go."""
    if not linking and os.name != "posix":
        pytest.skip("Windows has no such way")
    child = CHILD if linking else f"{NO_LINKS}\n{CHILD}"
    command = [sys.executable, "-c", child, str(place)]
    started = [
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for _ in range(6)
    ]
    try:
        for process in started:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in started:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        found = {process.communicate(timeout=30)[0] for process in started}
    finally:
        for process in started:
            process.kill()
    assert found == {f"{load_key(place).digest(b'x').hex()}\n"}
    assert list(place.parent.iterdir()) == [place]


NO_LINKS = """
import errno
from pathlib import Path
def refuse(path, target):
    raise OSError(errno.EPERM, "no links here")
Path.hardlink_to = refuse
"""


def test_threads_that_make_it_at_once_have_the_same(place: Path) -> None:
    """No lock is needed: the system lets one be first."""
    barrier = threading.Barrier(8)
    found = []

    def run() -> None:
        barrier.wait()
        found.append(load_key(place).digest(b"x"))

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert list(place.parent.iterdir()) == [place]


@POSIX
def test_windows_renames_and_asks_for_no_permissions(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There a file is not renamed over another, and the user's folders are closed to others."""
    monkeypatch.setattr(keys, "_WINDOWS", True)
    rename = Path.rename

    def refuse_over(path: Path, target: Path) -> Path:
        if target.exists():
            raise FileExistsError(errno.EEXIST, "is there", str(target))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse_over)
    made = load_key(place)
    place.chmod(0o666)
    keys._write(place, Key.new(), keys._place)  # noqa: SLF001  # the second of two at once
    assert load_key(place).id == made.id
    assert list(place.parent.iterdir()) == [place]


@POSIX
def test_a_link_that_fails_otherwise_is_told_of(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only where links are unknown is there another way."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", "/home/jdoe")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert refusal(place) == "the key file cannot be made: read-only file system"
    assert list(place.parent.iterdir()) == []


@POSIX
def test_a_disk_without_links_has_a_key_too(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As sticks and phones are; who comes second reads the first one's."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    made = load_key(place)
    keys._write(place, Key.new(), keys._place)  # noqa: SLF001  # the second of two at once
    assert load_key(place).id == made.id
    assert list(place.parent.iterdir()) == [place]


@POSIX
def test_without_links_one_waits_for_the_other(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who holds the folder is first; whoever waited reads what was made meanwhile."""
    import fcntl

    def refuse(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    place.parent.mkdir(parents=True)
    folder = os.open(place.parent, os.O_RDONLY)
    found: list[str] = []
    second = threading.Thread(target=lambda: found.append(load_key(place).id))
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        second.start()
        second.join(0.2)
        assert not place.exists()
        first = Key.new()
        place.write_bytes(first.to_file())
        place.chmod(0o600)
    finally:
        os.close(folder)
        second.join(20)
    assert found == [first.id]


def test_rotation_makes_a_new_key_of_the_next_epoch(place: Path) -> None:
    """Nothing of the old one is left."""
    made = [load_key(place), rotate_key(place), rotate_key(place)]
    assert [one.epoch for one in made] == [1, 2, 3]
    assert len({one.id for one in made}) == 3
    assert load_key(place).id == made[-1].id
    assert list(place.parent.iterdir()) == [place]


def test_rotation_without_a_key_makes_the_first(place: Path) -> None:
    """There is nothing to count on from."""
    assert rotate_key(place).epoch == 1
    assert load_key(place).epoch == 1


@POSIX
def test_rotation_replaces_what_a_link_names(place: Path, tmp_path: Path) -> None:
    """Not the link, which is somebody's way to keep it elsewhere."""
    link = tmp_path / "link"
    link.symlink_to(place)
    load_key(place)
    assert rotate_key(link).epoch == 2
    assert link.is_symlink()
    assert load_key(place).epoch == 2


def _text(place: Path) -> bytes:
    load_key(place)
    return place.read_bytes()


DAMAGE: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("empty", lambda _: b""),
    ("short", lambda text: text[:-2]),
    ("long", lambda text: text + b"x"),
    ("huge", lambda text: text + b"\n" * 5000),
    ("garbage", lambda _: bytes(range(256))),
    ("other version", lambda text: text.replace(b"key 1", b"key 2")),
    ("no epoch", lambda text: text.replace(b"epoch 1", b"epoch 0")),
    ("a digit", lambda text: text[:-2] + (b"0" if text[-2:-1] != b"0" else b"1") + b"\n"),
    ("another id", lambda text: text.replace(b"id ", b"id 0")),
]


@pytest.mark.parametrize("damage", [one[1] for one in DAMAGE], ids=[one[0] for one in DAMAGE])
def test_a_damaged_file_is_refused_and_can_be_rotated(
    place: Path, damage: Callable[[bytes], bytes]
) -> None:
    """Never used, never repaired in silence: that would make other pseudonyms."""
    damaged = damage(_text(place))
    place.write_bytes(damaged)
    message = refusal(place)
    assert message == "the key file is damaged; `scrubber key rotate` makes a new one"
    assert place.read_bytes() == damaged
    assert rotate_key(place).epoch >= 1
    load_key(place)


def test_lines_of_another_system_are_read(place: Path) -> None:
    """An editor of Windows may have touched it."""
    place_text = _text(place)
    made = load_key(place).id
    place.write_bytes(place_text.replace(b"\n", b"\r\n"))
    assert load_key(place).id == made


@POSIX
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601, 0o777])
def test_a_file_open_to_others_is_refused(place: Path, mode: int) -> None:
    """Others may have read it: closing it again would not help."""
    load_key(place)
    place.chmod(mode)
    assert "open to others" in refusal(place)
    assert rotate_key(place).epoch == 2
    assert load_key(place).epoch == 2


@POSIX
def test_a_file_of_another_user_is_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who plants a key could tell whose pseudonyms these are."""
    load_key(place)
    owner = place.stat().st_uid
    if owner == 0:
        os.chown(place, 65534, 65534)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    assert "belongs to another user" in refusal(place)


@POSIX
def test_a_file_of_the_system_is_used(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who administers a machine may hand out its key; only root can make a file of root's."""
    key = load_key(place)
    if place.stat().st_uid != 0:
        pytest.skip("this user makes no file of root's")
    monkeypatch.setattr(os, "geteuid", lambda: 65534)
    assert load_key(place).id == key.id


def test_a_file_that_cannot_be_read_is_refused(ordinary_folder: Path) -> None:
    """With the system's reason."""
    place = ordinary_folder / "my.key"
    load_key(place)
    place.chmod(0)
    assert refusal(place) == "the key file cannot be read: permission denied"


def test_a_folder_that_cannot_be_written_is_refused(ordinary_folder: Path) -> None:
    """With the system's reason."""
    place = ordinary_folder / "keys" / "my.key"
    place.parent.mkdir()
    place.parent.chmod(0o500)
    try:
        assert refusal(place) == "the key file cannot be made: permission denied"
    finally:
        place.parent.chmod(0o700)


def test_what_is_no_file_is_refused(place: Path) -> None:
    """A folder in its place, or in the place of its folder a file."""
    place.mkdir(parents=True)
    assert "cannot be read" in refusal(place)
    (place.parent / "file").touch()
    message = refusal(place.parent / "file" / "my.key")
    assert message.startswith("the key file cannot be ")


@POSIX
def test_a_pipe_in_its_place_stops_nothing(place: Path) -> None:
    """Nobody writes into it, and nobody waits for that."""
    place.parent.mkdir(parents=True)
    os.mkfifo(place)
    assert refusal(place) == "the key file cannot be read: it is no file"


@POSIX
def test_a_link_to_nothing_is_refused(place: Path) -> None:
    """It is not there, and cannot be made."""
    place.parent.mkdir(parents=True)
    place.symlink_to(place.with_name("gone"))
    assert refusal(place) == "the key file is gone as soon as it is made"


@pytest.mark.parametrize("function", ["fsync", "fdopen", "open"])
def test_a_full_disk_leaves_no_half_key(
    place: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    """Neither in its place nor beside it."""
    place.parent.mkdir(parents=True)
    real = os.open

    def full(*args: object, **_: object) -> int:
        if function == "open" and args[0] == place:
            return real(place, os.O_RDONLY)
        raise OSError(errno.ENOSPC, "No space left on device", "/home/jdoe/x")

    monkeypatch.setattr(os, function, full)
    assert refusal(place) == "the key file cannot be made: no space left on device"
    monkeypatch.undo()
    assert [one for one in place.parent.iterdir() if one.stat().st_size] == []
    load_key(place)


def test_rotation_that_fails_leaves_the_old_key(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rotation is all or nothing."""
    made = load_key(place).id

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError):
        rotate_key(place)
    assert load_key(place).id == made
    assert list(place.parent.iterdir()) == [place]


def test_a_key_does_not_show_itself() -> None:
    """In no way in which values are shown or carried."""
    key = Key(SECRET)
    assert repr(key) == str(key) == f"Key(id={key.id!r})"
    assert SECRET.hex() not in f"{key!r}{key.id}{key.made}"
    assert not hasattr(key, "__dict__")
    for carry in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="a Key is not pickled"):
            carry(key)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_secret_of_another_size_is_refused(size: int) -> None:
    """A short key could be tried."""
    with pytest.raises(ConfigError, match=r"^a key has 32 bytes$"):
        Key(b"x" * size)


def test_the_place_is_what_the_variable_names(
    place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And a tilde is the home, as in a shell."""
    monkeypatch.setenv(FILE_VARIABLE, str(place))
    assert key_path() == place
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv(FILE_VARIABLE, "~/my.key")
    assert key_path() == tmp_path / "my.key"
    assert load_key().epoch == 1
    assert rotate_key().epoch == 2
    assert load_key(tmp_path / "my.key").epoch == 2


@pytest.mark.parametrize("named", ["my.key", "./my.key", "~nobody-has-this-name/my.key"])
def test_a_place_that_depends_on_the_folder_is_refused(
    monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    """Each folder would have pseudonyms of its own."""
    monkeypatch.setenv(FILE_VARIABLE, named)
    with pytest.raises(ConfigError, match=r"^SCRUBBER_KEY_FILE must be an absolute path$"):
        key_path()


def test_the_usual_place_is_in_the_users_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And nowhere where there is no home."""
    platformdirs = pytest.importorskip("platformdirs")
    monkeypatch.delenv(FILE_VARIABLE, raising=False)
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name, **_: tmp_path / name)
    assert key_path() == tmp_path / "crashscrub" / "pseudonyms.key"
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name, **_: Path("~") / name)
    with pytest.raises(ConfigError, match="there is no home to keep a key in"):
        key_path()


def test_a_missing_package_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the usual place needs it."""
    monkeypatch.delenv(FILE_VARIABLE, raising=False)
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'crashscrub\[pseudonyms\]'"):
        key_path()


@pytest.mark.skipif(os.name == "nt", reason="a umask is of POSIX")
def test_every_folder_that_is_made_is_closed_to_others(tmp_path: Path) -> None:
    """Whoever may write into a folder above puts their own key there."""
    before = os.umask(0)
    try:
        load_key(tmp_path / "a" / "b" / "key")
    finally:
        os.umask(before)
    for made in (tmp_path / "a", tmp_path / "a" / "b"):
        assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "a" / "b" / "key").stat().st_mode) == 0o600


@POSIX
def test_a_rotation_replaces_nothing_but_a_file(tmp_path: Path) -> None:
    """As root it could put a key in the place of `/dev/null`."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ConfigError, match="is no file"):
        rotate_key(pipe)
    with pytest.raises(ConfigError, match="is no file"):
        rotate_key(tmp_path)
    assert pipe.is_fifo()
