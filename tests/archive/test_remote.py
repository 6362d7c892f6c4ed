"""Files behind URLs, on a file system in memory and on ones that fail."""

from __future__ import annotations

import io
import secrets
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

fsspec = pytest.importorskip("fsspec")

from scrubber.archive import places  # noqa: E402  # needs fsspec
from scrubber.errors import InputError  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PASSWORD = secrets.token_hex(8)


@pytest.fixture
def root() -> Iterator[str]:
    """A folder in memory of its own."""
    name = f"t{secrets.token_hex(4)}"
    yield f"memory://{name}"
    memory = fsspec.filesystem("memory")
    if memory.exists(f"/{name}"):
        memory.rm(f"/{name}", recursive=True)


def put(place: str, data: bytes = b"x") -> None:
    """Write a file."""
    with places.replacing(place) as target:
        target.write(data)


@pytest.mark.parametrize(
    "name", ["a.log", "a/b.log", "sp ace.log", "%41.log", "é.log", "st*r", "[a]", "h#1", "a{b,c}"]
)
def test_file_is_written_found_read_and_removed(root: str, name: str) -> None:
    """Whatever signs a name holds, it is that file and no other."""
    place = places.joined(root, name)
    put(place, b"other")
    put(place, b"text")
    listed = [(one.place, one.name, one.size) for one in places.find(root)]
    assert listed == [(place, name, 4)]
    with places.opened(place) as source:
        assert (source.read(), source.seek(-1, io.SEEK_END), source.read()) == (b"text", 3, b"t")
    assert places.size_and_time(place)[0] == 4
    assert places.size_and_time(place)[1] > 0
    places.remove(place)
    assert not places.exists(place)


def test_removing_takes_no_name_for_a_pattern(root: str) -> None:
    """A file of the name `*` is one file."""
    put(f"{root}/a")
    places.remove(f"{root}/*")
    assert [one.name for one in places.find(root)] == ["a"]


def test_files_are_found_in_the_order_of_their_names(root: str) -> None:
    """The same order at each run; a folder with a longer name is another folder."""
    for number in reversed(range(300)):
        put(f"{root}/{number:03}.log")
    put(f"{root}-old/x.log")
    assert [one.name for one in places.find(root)] == [f"{n:03}.log" for n in range(300)]
    places.remove(f"{root}-old/x.log")


def test_file_as_the_source_is_found_by_its_own_name(root: str) -> None:
    """One file is a source, too."""
    put(f"{root}/a.log")
    assert [(one.place, one.name) for one in places.find(f"{root}/a.log")] == [
        (f"{root}/a.log", "a.log")
    ]


def test_nothing_there_is_an_error(root: str) -> None:
    """A prefix with a misprint is no empty archive."""
    with pytest.raises(InputError, match="is not there"):
        list(places.find(root))


def test_name_appears_when_the_file_is_whole(root: str) -> None:
    """Neither while it is written nor after an error is anything there."""
    memory = fsspec.filesystem("memory")

    def fail() -> None:
        with places.replacing(f"{root}/a.log") as target:
            target.write(b"half")
            assert not memory.find(root)
            raise InputError("is damaged")

    with pytest.raises(InputError, match="is damaged"):
        fail()
    assert not memory.find(root)


def test_nothing_half_written_has_the_name_while_it_is_uploaded(
    root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes up under a temporary name, which is gone when the upload fails."""
    memory = fsspec.filesystem("memory")
    seen: list[list[str]] = []

    def moved(*paths: str) -> None:
        assert memory.find(root) == [paths[0]]
        seen.append([path.rpartition("/")[2][:10] for path in paths])
        raise OSError(28, "No space left on device", PASSWORD)

    monkeypatch.setattr(memory, "cp_file", moved)
    with pytest.raises(InputError, match=r"^cannot be written: no space left on device$"):
        put(f"{root}/a.log")
    assert seen == [[".scrubber-", "a.log"]]
    assert not memory.find(root)


def test_server_that_renames_onto_nothing_only_gets_the_new_file(
    root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there goes first; the name never shows half of either."""
    memory = fsspec.filesystem("memory")

    def renames(self: Any, source: str, target: str) -> None:  # noqa: ANN401
        if self.exists(target):
            raise FileExistsError(17, PASSWORD)
        self.cp_file(source, target)
        self.rm_file(source)

    monkeypatch.setattr(type(memory), "mv", renames)
    put(f"{root}/a.log", b"old")
    put(f"{root}/a.log", b"new")
    with places.opened(f"{root}/a.log") as source:
        assert source.read() == b"new"
    assert [one.name for one in places.find(root)] == ["a.log"]


def test_file_that_changes_while_it_is_read_is_refused(root: str) -> None:
    """What was read is not what is there."""
    put(f"{root}/a.log", b"one")

    def read() -> None:
        with places.opened(f"{root}/a.log") as source:
            source.read()
            put(f"{root}/a.log", b"one two")

    with pytest.raises(InputError, match="changed"):
        read()


def test_file_that_cannot_seek_is_copied_to_one_that_can(
    root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Servers that give a file from its start only."""
    put(f"{root}/a.log", b"text")

    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

    monkeypatch.setattr(fsspec.filesystem("memory"), "open", lambda *_, **__: Stream(b"text"))
    with places.opened(f"{root}/a.log") as source:
        assert (source.read(), source.seek(0), source.read(1)) == (b"text", 0, b"t")


class DeniedError(Exception):
    """What a library of a store raises: a message with everything, and a code."""

    def __init__(self, code: str) -> None:
        """Hold what a server answers."""
        super().__init__(f"key {PASSWORD} is not allowed")
        self.response = {"Error": {"Code": code}}


def denied() -> Exception:
    """Make an error with another behind it."""
    error = PermissionError(13, f"key {PASSWORD}")
    error.__cause__ = DeniedError("AccessDenied")
    return error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (denied(), "access is denied (AccessDenied)"),
        (DeniedError(f"{PASSWORD}!"), "failed (DeniedError)"),
        (ConnectionRefusedError(111, PASSWORD), "its server cannot be reached"),
        (TimeoutError(PASSWORD), "its server does not answer in time"),
        (NotImplementedError(PASSWORD), "its file system cannot do that"),
        (ValueError(PASSWORD), "is not taken by fsspec; look at the URL and the storage options"),
        (OSError(5, PASSWORD), "input/output error"),
        (OSError(PASSWORD), "failed (OSError)"),
    ],
)
@pytest.mark.parametrize(
    "use",
    [
        (lambda place: list(places.find(place)), ""),
        (places.size_and_time, ""),
        (places.exists, ""),
        (places.remove, "cannot be removed: "),
        (lambda place: places.opened(place).__enter__(), "cannot be opened: "),
        (put, "cannot be written: "),
    ],
    ids=["find", "size", "exists", "remove", "opened", "replacing"],
)
def test_error_of_a_store_is_told_in_our_words(
    use: tuple[Callable[[str], object], str],
    error: Exception,
    reason: str,
    root: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither the message nor the chain of errors holds what the store said."""
    memory = fsspec.filesystem("memory")

    def fails(*_: object, **__: object) -> Any:  # noqa: ANN401
        raise error

    for name in ("find", "info", "open", "rm_file", "makedirs"):
        monkeypatch.setattr(memory, name, fails)
    with pytest.raises(InputError) as caught:
        use[0](f"{root}/a.log")
    assert str(caught.value) == use[1] + reason
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_error_while_a_file_is_read_is_told_in_our_words(
    root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection may end in the middle."""
    put(f"{root}/a.log", b"text")

    class Broken(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise ConnectionResetError(104, PASSWORD)

    monkeypatch.setattr(fsspec.filesystem("memory"), "open", lambda *_, **__: Broken())
    with (
        pytest.raises(InputError, match="reached") as caught,
        places.opened(f"{root}/a.log") as source,
    ):
        source.read()
    assert PASSWORD not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("simplecache::memory://a", "holds ::"),
        ("zip://a::memory://b", "holds ::"),
        ("s3://bucket/a?versionId=1", "versions"),
        ("no-such-kind://a/b", "not taken by fsspec"),
        ("memory://a/", "slash"),
    ],
)
def test_url_that_cannot_be_used_is_refused(url: str, reason: str) -> None:
    """Chains, versions, unknown kinds, names that end with a slash."""
    with pytest.raises(InputError, match=reason), places.opened(url):
        pass


def test_listed_file_shows_no_place(root: str) -> None:
    """A repr goes into logs."""
    put(f"{root}/jane.log")
    (one,) = places.find(root)
    assert "jane" not in repr(one)


def test_command_that_brings_fsspec_is_named() -> None:
    """Where it is not installed, a URL is refused with what to do; paths need none of it."""
    program = """if True:
        import sys
        sys.modules["fsspec"] = sys.modules["fsspec.core"] = None
        from scrubber.archive import places
        try:
            list(places.find("s3://bucket"))
        except Exception as error:
            print(error)
    """
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout == "URLs need fsspec: pip install 'crashscrub[remote]'\n"
