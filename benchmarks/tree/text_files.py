"""Logs, plain and packed, and the texts that have a form: JSON, tables, a journal, a notebook."""

from __future__ import annotations

import base64
import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from scrubber.archive.formats.images import PNG
from scrubber.files.compressed import writing

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.tree.making import Maker

_ROWS: Final = 500


def log(path: Path, size: int, maker: Maker) -> None:
    """Write a log; packed where its suffix says so."""
    kind = {".gz": "gz", ".bz2": "bz2", ".xz": "xz", ".zst": "zst"}.get(path.suffix, "")
    mail = maker.mail(path, kind or "text")
    with ExitStack() as stack:
        raw = stack.enter_context(path.open("xb"))
        target = stack.enter_context(writing(raw, kind))
        for piece in maker.blocks.text(size, f"mail {mail}"):
            target.write(piece)


def json_lines(path: Path, size: int, maker: Maker) -> None:
    """Write a log of JSON lines."""
    planted = [{"msg": f"mail {maker.mail(path, 'jsonl')}"}]
    planted.append({"password": maker.token(path, "jsonl")})
    rows = "".join(
        json.dumps(
            {
                "ts": f"2026-01-01T00:{at % 60:02d}:00Z",
                "level": "info",
                "step": at,
                "loss": round(1 / (at + 1), 6),
                "user": maker.blocks.person(at) if at % 10 == 0 else None,
                "msg": f"request {at * 37} done in {at % 90} ms",
            }
        )
        + "\n"
        for at in range(_ROWS)
    )
    _repeated(path, size, "".join(json.dumps(one) + "\n" for one in planted), rows)


def table(path: Path, size: int, maker: Maker) -> None:
    """Write a table of values between commas, or tabs where its suffix says so."""
    mark, kind = ("\t", "tsv") if path.suffix == ".tsv" else (",", "csv")
    rows = [("id", "email", "password", "note", "amount")]
    rows.append(("0", maker.mail(path, kind), maker.token(path, kind), "first", "0.5"))
    body = "".join(
        mark.join((str(at), "", "", f"row {at}" if at % 9 else maker.ip(at), f"{at / 8}")) + "\n"
        for at in range(_ROWS)
    )
    _repeated(path, size, "".join(mark.join(row) + "\n" for row in rows), body)


def document(path: Path, size: int, maker: Maker) -> None:
    """Write one JSON document."""
    entries = [
        {"id": at, "name": f"item {at}", "owner": f"{maker.blocks.person(at)}@example.com"}
        for at in range(max(size // 80, 1))
    ]
    owner = {"mail": maker.mail(path, "json"), "api_key": maker.token(path, "json")}
    path.write_text(json.dumps({"version": 3, "owner": owner, "items": entries}, indent=2) + "\n")


def notebook(path: Path, size: int, maker: Maker) -> None:
    """Write a notebook with an image among its outputs."""
    token = maker.token(path, "ipynb").encode()
    image = base64.b64encode(PNG + token).decode() + "\n"
    cells = [
        {
            "cell_type": "code",
            "execution_count": at,
            "metadata": {},
            "source": [f"load('/home/{maker.blocks.person(at)}/data.csv')\n", "plot()"],
            "outputs": [
                {"output_type": "stream", "name": "stdout", "text": [f"{at} rows\n"]},
                {"output_type": "display_data", "metadata": {}, "data": {"image/png": image}},
            ],
        }
        for at in range(max(size // 600, 1))
    ]
    cells[0]["source"] = [f"# by {maker.mail(path, 'ipynb')}\n", "plot()"]
    made = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(made, indent=1) + "\n")


def journal(path: Path, size: int, maker: Maker) -> None:
    """Write what `journalctl -o export` writes."""

    def entry(at: int, message: str) -> str:
        return (
            f"__CURSOR=s=1;i={at:x}\n__REALTIME_TIMESTAMP={1_767_225_600_000_000 + at}\n"
            f"_HOSTNAME=host-{at % 7}.example.com\n_UID=1000\n_COMM=sshd\n"
            f"MESSAGE={message}\n\n"
        )

    rows = [
        entry(at, f"Accepted publickey for {maker.blocks.person(at)} from {maker.ip(at)} port 22")
        for at in range(_ROWS)
    ]
    _repeated(path, size, entry(0, f"mail {maker.mail(path, 'journal')}"), "".join(rows))


def _repeated(path: Path, size: int, first: str, rows: str) -> None:
    """Write rows again and again."""
    with path.open("xb") as file:
        written = file.write(first.encode())
        data = rows.encode()
        while written < size:
            written += file.write(data)
