"""What is told of a command line."""

from __future__ import annotations

import pytest

from scrubber.errors import ConfigError
from scrubber.telemetry import Choice, CommandLine, Event, Flag, Number, PublicName

LINE = CommandLine(
    {
        "epochs": Number(0, 1000),
        "lr": Number(-1, 1, step=0.01),
        "task": Choice("detect", "segment"),
        "amp": Flag(),
        "batch-size": None,
        "model": PublicName("models"),
    },
    ("train", "val"),
)
EVENT = Event("start", LINE.parameters)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], {"other_arguments": 0}),
        (["train"], {"other_arguments": 0, "command": "train"}),
        (["-v", "train"], {"other_arguments": 2}),
        (["/home/jane/train.py", "jane"], {"other_arguments": 2}),
        (["--epochs", "100"], {"flags": "epochs", "other_arguments": 0, "arg_epochs": 100}),
        (["--epochs=100"], {"flags": "epochs", "other_arguments": 0, "arg_epochs": 100}),
        (["epochs=100"], {"flags": "epochs", "other_arguments": 0, "arg_epochs": 100}),
        (["--epochs=jane"], {"flags": "epochs", "other_arguments": 0}),
        (["--epochs"], {"flags": "epochs", "other_arguments": 0}),
        (["epochs"], {"other_arguments": 1}),
        (["--lr", "-0.5"], {"flags": "lr", "other_arguments": 0, "arg_lr": -0.5}),
        (["--lr", "-x"], {"flags": "lr", "other_arguments": 1}),
        (["--task", "/home/jane"], {"flags": "task", "other_arguments": 0, "arg_task": "other"}),
        (
            ["--task", "--amp"],
            {"flags": "amp,task", "other_arguments": 0, "arg_amp": 1, "arg_task": "other"},
        ),
        (["--amp", "jane"], {"flags": "amp", "other_arguments": 1, "arg_amp": 1}),
        (["amp=False"], {"flags": "amp", "other_arguments": 0, "arg_amp": 0}),
        (["amp=jane"], {"flags": "amp", "other_arguments": 0}),
        (["--batch-size", "16"], {"flags": "batch-size", "other_arguments": 1}),
        (["--batch-size=16"], {"flags": "batch-size", "other_arguments": 1}),
        (["--password", "hunter2"], {"other_arguments": 2}),
        (["--password=hunter2"], {"other_arguments": 1}),
        (["--jane@example.com"], {"other_arguments": 1}),
        (["model=yolov8n.pt"], {"flags": "model", "other_arguments": 0, "arg_model": "yolov8n"}),
        (["model=x/yolov8n.pt"], {"flags": "model", "other_arguments": 0, "arg_model": "other"}),
        ([b"--epochs", None, 7], {"other_arguments": 3}),
        (["\udcff", "--\udcff=1", "=", "-", "--", ""], {"other_arguments": 6}),
        (["x"] * 20_000, {"other_arguments": 20}),
    ],
)
def test_command_line_is_reduced(words: list[object], told: dict[str, object]) -> None:
    """Declared flags, declared values, and a count of all else."""
    assert EVENT.reduced(LINE.reduced(words))[0] == told


@pytest.mark.parametrize(
    "flags", [{"a b": None}, {"x-y": Flag(), "x_y": Flag()}, {"x" * 37: Flag()}]
)
def test_flags_that_cannot_be_told_cannot_be_declared(flags: dict[str, Flag | None]) -> None:
    """Names are checked when they are declared."""
    with pytest.raises(ConfigError):
        CommandLine(flags)
