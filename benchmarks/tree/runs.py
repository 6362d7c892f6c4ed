"""Folders of training runs: TensorBoard, W&B and MLflow, written without any of them."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Final

from scrubber.archive.formats.crc32c import masked
from scrubber.archive.formats.images import PNG
from scrubber.archive.formats.wandb_log import Log
from scrubber.archive.formats.wire_fields import varint

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.tree.making import Maker

_BEGIN: Final = 1_767_225_600
_SCALARS: Final = 200


def _bytes(number: int, body: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(body)) + body


def _event(at: int, value: bytes) -> bytes:
    head = struct.pack("<Bd", 1 << 3 | 1, _BEGIN + at)
    return head + varint(2 << 3) + varint(at) + _bytes(5, _bytes(1, value))


def _record(data: bytes) -> bytes:
    size = struct.pack("<Q", len(data))
    return size + struct.pack("<I", masked(size)) + data + struct.pack("<I", masked(data))


def events(path: Path, size: int, maker: Maker) -> None:
    """Write an event file with scalars, texts and images."""
    scalars = b"".join(
        _record(_event(at, _bytes(1, b"loss") + struct.pack("<Bf", 2 << 3 | 5, 1 / (at + 1))))
        for at in range(_SCALARS)
    )
    text = f"mail {maker.mail(path, 'tfevents')}".encode()
    plugin = _bytes(9, _bytes(1, _bytes(1, b"text")))
    tensor = _bytes(8, varint(1 << 3) + varint(7) + _bytes(8, text))
    image = PNG + maker.token(path, "tfevents").encode() + bytes(8192)
    shown = _bytes(4, b"\x08\x40\x10\x40\x18\x03" + _bytes(4, image))
    with path.open("xb") as file:
        version = struct.pack("<Bd", 1 << 3 | 1, _BEGIN) + _bytes(3, b"brain.Event:2")
        written = file.write(_record(version))
        written += file.write(
            _record(_event(1, _bytes(1, b"notes/text_summary") + plugin + tensor))
        )
        written += file.write(_record(_event(2, _bytes(1, b"samples") + shown)))
        while written < size:
            written += file.write(scalars)


def transaction_log(path: Path, size: int, maker: Maker) -> None:
    """Write W&B's own log."""
    mail = maker.mail(path, "wandb")
    config = _bytes(1, b"api_key") + _bytes(16, json.dumps(maker.token(path, "wandb")).encode())
    run = _bytes(2, maker.blocks.person(1).encode()) + _bytes(4, _bytes(1, config))
    records = [_bytes(17, run + _bytes(9, f"ask {mail}".encode()))]
    line = _bytes(13, varint(1 << 3) + varint(1) + _bytes(3, b"step done\n"))
    with path.open("xb") as file:
        log = Log(file)
        for record in records:
            log.write(record)
        for _ in range(size // (len(line) + 7)):
            log.write(line)


def w_and_b(folder: Path, size: int, maker: Maker) -> None:
    """Write the folder of a W&B run."""
    files, logs = folder / "files", folder / "logs"
    files.mkdir(parents=True)
    logs.mkdir()
    config = files / "config.yaml"
    config.write_text(
        "lr:\n    value: 0.0003\n"
        f"author:\n    value: {maker.mail(config, 'yaml')}\n"
        f"api_key:\n    value: {maker.token(config, 'yaml')}\n"
    )
    metadata = files / "wandb-metadata.json"
    told = {
        "os": "Linux-6.1-x86_64",
        "email": maker.mail(metadata, "json"),
        "root": f"/home/{maker.blocks.person(1)}/work",
        "host": "gpu-3.example.com",
        "username": maker.token(metadata, "json"),
        "cpu_count": 16,
    }
    metadata.write_text(json.dumps(told, indent=2) + "\n")
    maker.log(files / "output.log", size // 2)
    (files / "requirements.txt").write_text("numpy==1.26.4\ntorch==2.3.0\n")
    maker.log(logs / "debug.log", size // 4)
    transaction_log(folder / f"run-{folder.name[-8:]}.wandb", size // 4, maker)


def mlflow(folder: Path, size: int, maker: Maker) -> None:
    """Write the folder of an MLflow run."""
    for name in ("params", "tags", "metrics", "artifacts"):
        (folder / name).mkdir(parents=True)
    meta = folder / "meta.yaml"
    meta.write_text(
        f"artifact_uri: file:///home/{maker.blocks.person(2)}/mlruns/0/{folder.name}/artifacts\n"
        f"run_id: {folder.name}\nstart_time: 1767225600000\n"
        f"user_id: {maker.token(meta, 'yaml')}\n"
    )
    (folder / "params" / "lr").write_text("0.0003")
    tag = folder / "tags" / "mlflow.note.content"
    tag.write_text(f"run by {maker.mail(tag, 'text')}")
    rows = "".join(f"{_BEGIN}000 {1 / (at + 1):.6f} {at}\n" for at in range(max(size // 30, 1)))
    (folder / "metrics" / "loss").write_text(rows)
