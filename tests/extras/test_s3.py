"""S3 through a real local server: what is found, read and written, and what nobody gets to see."""

from __future__ import annotations

import gzip
import http.client
import logging
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("s3fs", reason="s3fs is not installed")
pytest.importorskip("moto.server", reason="moto[server] is not installed")

import boto3
from moto.server import ThreadedMotoServer
from s3fs.core import S3File, S3FileSystem

from scrubber.archive import places
from scrubber.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
KEY, SECRET = f"k{secrets.token_hex(9)}", secrets.token_hex(20)
BIG = b"epoch 3 of 10 took 12 s\n" * 1_000_000
NAMES = [
    "%41.log",
    "../x.log",
    ".//z",
    "[a].log",
    "a.log",
    "a.log/b.log",
    "a//b.log",
    "a\\b.log",
    "h#1.log",
    "q?x.log",
    "sp ace.log",
    "st*r.log",
    "é.log",
]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """An S3 server on loopback."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def options(endpoint: str) -> dict[str, object]:
    """What a user gives with --storage-option."""
    return places.storage_options(
        [f"key={KEY}", f"secret={SECRET}", f"endpoint_url={endpoint}", "use_ssl=false"]
    )


@pytest.fixture
def client(endpoint: str) -> Any:  # noqa: ANN401  # boto3 has no types
    """A client that has nothing to do with fsspec."""
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        region_name="us-east-1",
    )


@pytest.fixture
def bucket(client: Any) -> str:  # noqa: ANN401
    """A bucket of its own."""
    name = f"logs-{secrets.token_hex(4)}"
    client.create_bucket(Bucket=name)
    return name


def put(place: str, data: bytes, options: dict[str, object]) -> None:
    """Write an object as a job does."""
    with places.replacing(place, options) as target:
        target.write(data)


def test_objects_with_odd_keys_are_found_and_read(
    bucket: str,
    client: Any,  # noqa: ANN401
    options: dict[str, object],
) -> None:
    """Each is the one that it is, in the order of keys; a marker of a folder is none."""
    for name in NAMES:
        client.put_object(Bucket=bucket, Key=f"p/{name}", Body=name.encode())
    client.put_object(Bucket=bucket, Key="p/marker/", Body=b"")
    client.put_object(Bucket=bucket, Key="p-old/a.log", Body=b"")
    read = {}
    for one in places.find(f"s3://{bucket}/p", options):
        with places.opened(one.place, options) as source:
            read[one.name] = source.read()
        assert one.size == len(one.name.encode())
        assert one.mtime_ns > 0
    assert list(read) == NAMES
    assert read == {name: name.encode() for name in NAMES}


@pytest.mark.parametrize("key", ["p/folder/", "p/a?versionId=3", "p/a::b"])
def test_object_that_fsspec_would_take_for_another_is_refused(
    key: str,
    bucket: str,
    client: Any,  # noqa: ANN401
    options: dict[str, object],
) -> None:
    """It is listed, and fails, and no other object is read in its place."""
    client.put_object(Bucket=bucket, Key=key, Body=b"this")
    (one,) = places.find(f"s3://{bucket}/p", options)
    with pytest.raises(InputError), places.opened(one.place, options):
        pass


def test_more_objects_than_one_page_are_found(
    bucket: str,
    client: Any,  # noqa: ANN401
    options: dict[str, object],
) -> None:
    """A listing has 1,000 at most."""
    for number in range(1100):
        client.put_object(Bucket=bucket, Key=f"p/{number:04}", Body=b"x")
    found = [one.name for one in places.find(f"s3://{bucket}/p", options)]
    assert found == [f"{number:04}" for number in range(1100)]


@pytest.mark.parametrize("data", [b"", b"small", BIG], ids=["empty", "small", "many parts"])
def test_object_is_seen_whole_or_not_at_all(
    data: bytes,
    bucket: str,
    client: Any,  # noqa: ANN401
    options: dict[str, object],
) -> None:
    """Before the end there is none; then it is what was written; after an error there is none."""
    place = f"s3://{bucket}/out/st*r é.log"

    def fail() -> None:
        with places.replacing(place, options) as target:
            target.write(data)
            raise InputError("is damaged")

    with pytest.raises(InputError, match="is damaged"):
        fail()
    with places.replacing(place, options) as target:
        target.write(data)
        assert client.list_objects_v2(Bucket=bucket)["KeyCount"] == 0
    (key,) = [one["Key"] for one in client.list_objects_v2(Bucket=bucket)["Contents"]]
    assert key == "out/st*r é.log"
    assert client.get_object(Bucket=bucket, Key=key)["Body"].read() == data
    places.remove(place, options)
    assert not places.exists(place, options)


def test_upload_that_fails_in_the_middle_leaves_nothing(
    bucket: str,
    client: Any,  # noqa: ANN401
    options: dict[str, object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The parts that are there are given up, and the object that was there stays."""
    place = f"s3://{bucket}/a.log"
    put(place, b"old", options)
    send, parts = S3File._upload_chunk, []  # noqa: SLF001  # what s3fs sends a part with

    def breaks(self: Any, final: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002  # theirs
        parts.append(final)
        if len(parts) == 2:
            raise ConnectionResetError(104, SECRET)
        return send(self, final=final)

    monkeypatch.setattr(S3File, "_upload_chunk", breaks)
    with pytest.raises(InputError, match="reached"):
        put(place, BIG, options)
    monkeypatch.undo()
    assert len(parts) == 2
    assert client.get_object(Bucket=bucket, Key="a.log")["Body"].read() == b"old"
    assert "Uploads" not in client.list_multipart_uploads(Bucket=bucket)


def test_long_object_is_read_in_pieces(bucket: str, options: dict[str, object]) -> None:
    """Anywhere, as an archive with its contents at its end is."""
    place = f"s3://{bucket}/big"
    put(place, BIG, options)
    with places.opened(place, options) as source:
        assert source.seek(-24, 2) == len(BIG) - 24
        assert source.read() == BIG[-24:]
        source.seek(12_000_000)
        assert source.readline() == BIG[:24]
    assert places.size_and_time(place, options)[0] == len(BIG)


def test_object_that_changes_while_it_is_read_is_refused(
    bucket: str,
    client: Any,  # noqa: ANN401
    options: dict[str, object],
) -> None:
    """Of the same size, even: it has another tag."""
    place = f"s3://{bucket}/a.log"

    def read(*, on: bool) -> None:
        put(place, BIG, options)
        with places.opened(place, options) as source:
            source.read(10)
            client.put_object(Bucket=bucket, Key="a.log", Body=BIG.upper())
            if on:
                source.seek(20_000_000)
                source.read(10)

    with pytest.raises(InputError, match=r"^changed while it was read"):
        read(on=True)
    with pytest.raises(InputError, match=r"^changed while it was read"):
        read(on=False)


def test_listing_is_never_an_old_one(
    bucket: str,
    client: Any,  # noqa: ANN401
    options: dict[str, object],
) -> None:
    """An object that came or went since the last look came or went."""
    place = f"s3://{bucket}/a.log"
    client.put_object(Bucket=bucket, Key="a.log", Body=b"1")
    assert len(list(places.find(f"s3://{bucket}", options))) == 1
    client.put_object(Bucket=bucket, Key="b.log", Body=b"1")
    client.delete_object(Bucket=bucket, Key="a.log")
    assert [one.name for one in places.find(f"s3://{bucket}", options)] == ["b.log"]
    assert not places.exists(place, options)


USES: list[Callable[[str, dict[str, object]], object]] = [
    lambda place, options: list(places.find(place, options)),
    places.size_and_time,
    places.exists,
    places.remove,
    lambda place, options: places.opened(place, options).__enter__(),
    lambda place, options: put(place, b"x", options),
]


def silent(
    use: Callable[[str, dict[str, object]], object],
    place: str,
    options: dict[str, object],
    capfd: pytest.CaptureFixture[str],
) -> str:
    """Do what fails; give why, once it is sure that nothing of the credentials is told."""
    with pytest.raises(InputError) as caught:
        use(place, options)
    error = caught.value
    assert (error.__cause__, error.__context__) == (None, None)
    told = f"{error!r}{''.join(capfd.readouterr())}"
    assert [word for word in (KEY, SECRET, "hidden") if word in told] == []
    return str(error).rpartition(": ")[2]


@pytest.mark.parametrize("use", USES)
def test_server_that_is_down_is_told_without_credentials(
    use: Callable[[str, dict[str, object]], object],
    options: dict[str, object],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody listens on port 1."""
    monkeypatch.setattr(S3FileSystem, "retries", 1)
    options |= {
        "endpoint_url": "http://127.0.0.1:1",
        "config_kwargs": {"retries": {"max_attempts": 0}},
    }
    reason = silent(use, "s3://bucket/hidden.log", options, capfd)
    assert reason == "its server cannot be reached"


@pytest.mark.parametrize("use", USES)
def test_access_that_is_denied_is_told_without_credentials(
    use: Callable[[str, dict[str, object]], object],
    endpoint: str,
    options: dict[str, object],
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The server knows no such key."""

    def checks(count: str) -> None:
        there = http.client.HTTPConnection(endpoint.removeprefix("http://"))
        there.request("POST", "/moto-api/reset-auth", count, {"Content-Type": "text/plain"})
        assert there.getresponse().status == 200
        there.close()

    checks("0")
    try:
        reason = silent(use, "s3://bucket/hidden.log", options, capfd)
    finally:
        checks("inf")
    assert reason.startswith("access is denied")


@pytest.mark.parametrize("use", USES)
def test_missing_bucket_is_told_without_credentials(
    use: Callable[[str, dict[str, object]], object],
    options: dict[str, object],
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Neither its name nor what it was asked with; removing and asking for it are no errors."""
    if use in (places.exists, places.remove):
        assert not use("s3://no-such-bucket/hidden.log", options)
        return
    reason = silent(use, "s3://no-such-bucket/hidden.log", options, capfd)
    assert reason.startswith("is not there")


def test_credentials_come_from_the_environment(
    bucket: str, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for any tool that speaks S3."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    with places.replacing(f"s3://{bucket}/a.log") as target:
        target.write(b"text")
    assert [one.name for one in places.find(f"s3://{bucket}")] == ["a.log"]


def command(*arguments: str, folder: Path, **variables: str) -> tuple[int, str]:
    """Run the command as its user does; give how it ended, and what it said."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    done = subprocess.run(
        [sys.executable, "-m", "scrubber.cli", *arguments],
        cwd=folder,
        env=own | {"PYTHONPATH": str(ROOT)} | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return done.returncode, done.stdout + done.stderr


def test_bucket_is_redacted_verified_and_gone_on_with(
    bucket: str,
    client: Any,  # noqa: ANN401
    endpoint: str,
    tmp_path: Path,
) -> None:
    """There and back: what is written holds no name, and what is told no credential."""
    mail = b"mail jane@example.com, epoch 3 of 10\n"
    for key, body in {
        "in/home/jane/app.log": mail * 100,
        "in/app.log.gz": gzip.compress(mail * 100),
        "in/../up.log": mail,
        "in/a//b.log": mail,
        "in/broken.gz": gzip.compress(mail * 100)[:-20],
        "in/slash/": mail,
    }.items():
        client.put_object(Bucket=bucket, Key=key, Body=body)
    variables = {
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_ENDPOINT_URL": endpoint,
    }
    source, target = f"s3://{bucket}/in", f"s3://{bucket}/out"
    arguments = ("redact", source, "-o", target, "--verify", "--report", "report.html")
    status, said = command(*arguments, folder=tmp_path, **variables)
    assert status == 2
    assert "redact: done 4, failed 2" in said
    assert "verify: done 4" in said
    listed = client.list_objects_v2(Bucket=bucket, Prefix="out/")["Contents"]
    written = {
        one["Key"]: client.get_object(Bucket=bucket, Key=one["Key"])["Body"].read()
        for one in listed
    }
    redacted = mail.replace(b"jane@example.com", b"[email]")
    assert gzip.decompress(written.pop("out/app.log.gz")) == redacted * 100
    assert written == {
        "out/_/up.log": redacted,
        "out/a/b.log": redacted,
        "out/home/[user]/app.log": redacted * 100,
    }
    options = [
        part
        for pair in (f"key={KEY}", f"secret={SECRET}", f"endpoint_url={endpoint}")
        for part in ("--storage-option", pair)
    ]
    status, again = command("redact", source, "-o", target, *options, folder=tmp_path)
    assert "done before 4" in again
    files = [path.read_text() for path in tmp_path.iterdir()]
    assert len(files) == 2
    for text in (said, again, *files):
        assert [word for word in (KEY, SECRET, "jane") if word in text] == []
