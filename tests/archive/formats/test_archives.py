"""Tar and zip: members in their places, without names of people in them or on them."""

from __future__ import annotations

import bz2
import gzip
import io
import tarfile
import zipfile

import pytest

from scrubber.archive.limits import Limits
from scrubber.errors import InputError
from tests.archive.scrubbing import scrubbed, settled

TEXT = b"mail jane@example.com\n"
DONE = b"mail [email]\n"


def tarred(*members: tuple[tarfile.TarInfo, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    """Make an archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def member(name: str, **fields: object) -> tarfile.TarInfo:
    """Make a member."""
    info = tarfile.TarInfo(name)
    for field, value in fields.items():
        setattr(info, field, value)
    return info


def listed(data: bytes) -> list[tarfile.TarInfo]:
    """Give the members of an archive."""
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        return archive.getmembers()


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_member_keeps_what_names_nobody(form: int) -> None:
    """Mode and time stay; owner, comments and names of people go."""
    info = member(
        "home/jane/a.log",
        mode=0o640,
        mtime=1764000000,
        uid=4711,
        uname="janedoe",
        gname="staff",
        pax_headers={"comment": "by janedoe"},
    )
    done = settled(tarred((info, TEXT), form=form), "x.tar")
    (found,) = listed(done)
    assert ("home/[user]/a.log", 0o640, 1764000000, 0, "", "", len(DONE)) == (
        found.name,
        found.mode,
        found.mtime,
        found.uid,
        found.uname,
        found.gname,
        found.size,
    )
    assert b"jane" not in done


def test_long_names_and_empty_folders_stay() -> None:
    """However they are written."""
    name = "/".join(["folder" * 10] * 5) + "/a.log"
    done = tarred((member("d", type=tarfile.DIRTYPE), b""), (member(name), TEXT))
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        archive = tarred((member("d", type=tarfile.DIRTYPE), b""), (member(name), TEXT), form=form)
        assert ["d", name] == [one.name for one in listed(settled(archive, "x"))]
    assert done


def test_links_lead_where_they_led() -> None:
    """By the new names; what leads out of the archive, and devices, are left out."""
    done = tarred(
        (member("home/jane/a.log"), TEXT),
        (member("now", type=tarfile.SYMTYPE, linkname="home/jane/a.log"), b""),
        (member("home/jane/b", type=tarfile.LNKTYPE, linkname="home/jane/a.log"), b""),
        (member("home/jane/up", type=tarfile.SYMTYPE, linkname="../../now"), b""),
        (member("out", type=tarfile.SYMTYPE, linkname="../../etc/passwd"), b""),
        (member("abs", type=tarfile.SYMTYPE, linkname="/home/jane"), b""),
        (member("null", type=tarfile.CHRTYPE), b""),
        (member("pipe", type=tarfile.FIFOTYPE), b""),
        (member("x.png"), b"\x89PNG\r\n\x1a\n"),
        (member("gone", type=tarfile.LNKTYPE, linkname="x.png"), b""),
    )
    _, out, found = scrubbed(done, "x.tar")
    assert [(one.name, one.linkname) for one in listed(out)] == [
        ("home/[user]/a.log", ""),
        ("now", "home/[user]/a.log"),
        ("home/[user]/b", "home/[user]/a.log"),
        ("home/[user]/up", "../../now"),
    ]
    assert dict(found.members) == {"done": 1, "listed": 6}
    assert dict(scrubbed(done, "x", unknown="drop")[2].members) == {"done": 1, "dropped": 6}
    assert settled(done, "x.tar") == out


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../x.log", "_/_/x.log"),
        ("/etc/x.log", "etc/x.log"),
        ("a/../../x.log", "a/_/_/x.log"),
        ("..\\..\\x.log", "_/_/x.log"),
        ("C:\\Users\\jane\\x.log", "Users/[user]/x.log"),
    ],
)
def test_no_name_leads_out(name: str, safe: str) -> None:
    """Of a tar archive, nor of a zip archive."""
    assert [safe] == [one.name for one in listed(settled(tarred((member(name), b"x")), "x"))]
    archive = zipped((name, b"x"))
    with zipfile.ZipFile(io.BytesIO(settled(archive, "x"))) as found:
        assert [safe] == found.namelist()


def test_archives_in_archives_are_scrubbed() -> None:
    """And packed members, and members of any kind."""
    inner = zipped(("a.csv", b"password,n\nhunter2,1\n"))
    data = gzip.compress(
        tarred((member("in.zip"), inner), (member("b.log.gz"), gzip.compress(TEXT)))
    )
    done = settled(data, "x.tgz")
    with tarfile.open(fileobj=io.BytesIO(done)) as archive:
        packed = archive.extractfile("b.log.gz")
        zipfile_ = archive.extractfile("in.zip")
        assert packed is not None
        assert zipfile_ is not None
        assert gzip.decompress(packed.read()) == DONE
        with zipfile.ZipFile(io.BytesIO(zipfile_.read())) as found:
            assert found.read("a.csv") == b"password,n\n[secret],1\n"


def zipped(*members: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Make an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_a_zip_keeps_dates_and_compression(how: int) -> None:
    """Comments and extra fields name people, names of members too."""
    out = io.BytesIO()
    info = zipfile.ZipInfo("home/jane/a.log", (2026, 11, 24, 3, 0, 2))
    info.compress_type, info.external_attr = how, 0o640 << 16
    info.comment, info.extra = b"by jane@example.com", b"\xfe\xca\x04\x00jane"
    with zipfile.ZipFile(out, "w") as archive:
        archive.comment = b"jane@example.com"
        archive.writestr(info, TEXT)
        archive.mkdir("home/jane/d")
    done = settled(out.getvalue(), "x.zip")
    assert b"jane" not in done
    with zipfile.ZipFile(io.BytesIO(done)) as found:
        first, folder = found.infolist()
        assert (first.filename, first.date_time, first.compress_type, first.external_attr) == (
            "home/[user]/a.log",
            info.date_time,
            how,
            info.external_attr,
        )
        assert (first.comment, found.comment, first.extra) == (b"by [email]", b"[email]", b"")
        assert (folder.filename, found.read(first)) == ("home/[user]/d/", DONE)


def damaged(data: bytes) -> bytes:
    """Turn a byte of what a member holds."""
    at = data.index(b"a.log") + 9
    return data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :]


def flagged() -> bytes:
    """Make an archive that says it is encrypted."""
    data = bytearray(zipped(("a.log", TEXT)))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


TAR = tarred((member("a.log"), TEXT * 100), (member("b.log"), TEXT))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        *((TAR[:cut], "is cut off or damaged") for cut in (512, 700, 2560, 3072, 3500, 4096)),
        (TAR[:3072] + b"x" * 512 + TAR[3584:], "is cut off or damaged"),
        (TAR + b"behind", "goes on behind its end"),
        (TAR + TAR, "goes on behind its end"),
        (tarred((member("a.bz2"), bz2.compress(TEXT)[:-4])), r"holds a file that is cut off"),
        (zipped(("a.log", TEXT))[:-30], "is cut off or damaged"),
        (damaged(zipped(("a.log", TEXT * 9))), "is cut off or damaged"),
        (flagged(), "is encrypted"),
        (zipped(("a.log", bytes(70 << 20))), "unpacks to more than the limits allow"),
        (zipped(*((f"{n}.log", b"") for n in range(30))), "holds more files"),
    ],
)
def test_hostile_archives_are_errors(data: bytes, reason: str) -> None:
    """Cut off, damaged, encrypted, too much: nothing of them is passed on as if it were whole."""
    with pytest.raises(InputError, match=reason) as caught:
        scrubbed(data, "x", limits=Limits(ratio=2, members=20))
    assert "jane" not in str(caught.value)
