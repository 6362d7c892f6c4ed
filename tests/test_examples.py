"""What `make demo` shows: the examples keep their promises.

The names are those of the files as they are written, so that a new example cannot be added without
saying what must go and what must stay.
"""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from scrubber import scrub_text

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"

# What an editor sees as one word or path, as it is written in the file.
GONE = {
    "crash.log": [
        "/home/jane",
        "/Users/jane.doe",
        r"C:\\Users\\jane.doe",
        r"D:\Users\Jane Doe",
        "jane.doe@example.com",
        "jane.doe%40example.com",
        "support+lesion@example.org",
        "correct-horse-battery",
        "correct horse battery",
        "hunter2-but-longer",
        "example-key-0000-1111-2222",
        "192.0.2.17",
        "198.51.100.23",
        "203.0.113.77",
        "2001:db8:85a3::8a2e:370:7334",
        "00:00:5e:00:53:af",
        "4111 1111 1111 1111",
        "iVBORw0KGgo",
    ],
    "traceback.txt": [
        "Jane Doe",
        "/home/jane",
        "jane.doe@example.com",
        "jane.doe%40example.com",
        "correct-horse-battery",
        "192.0.2.1",
    ],
}
KEPT = {
    "crash.log": [
        "2025-03-14 09:26:53,589 INFO  train.cli: yolo-lesion 3.4.1",
        "9f2c1e7ab04d5c6e8f7a1b2c3d4e5f60718293a4",
        "7d44b9c2-53e1-4a0e-9a3f-6f1f0a8f7c55",
        "CUDA_VISIBLE_DEVICES=0,1 TOKENIZERS_PARALLELISM=false",
        "torch.Size([16, 64, 320, 320])",
        "labels[::2].max()=79 x[1::2].shape=(8, 3, 640, 640) mask[..., :-1, 1:]",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "| 247/741 [00:58<01:56,  4.24it/s, loss=1.2091, lr=0.00998, mem=7.31G]",
        "http://127.0.0.1:8080/healthz",
        "[[10, 13], [16, 30], [33, 23]]",
        "d41d8cd98f00b204e9800998ecf8427e",
        '/site-packages/torch/nn/modules/conv.py", line 554, in forward',
        "weight of size [64, 3, 7, 7], expected input[16, 4, 640, 640]",
        "cuda:0",
    ],
    "traceback.txt": [
        'lesions/dataset.py", line 131, in __getitem__',
        "volume = np.stack(pool.map(read_slice, self.paths[index][::2]))",
        r"""lesions\reader.py", line 58, in read_slice""",
        '"/usr/lib/python3.11/multiprocessing/pool.py", line 367, in map',
        "port=443): Max retries exceeded with url: /notify",
        "ConnectionResetError(104, 'Connection reset by peer')",
        "The above exception was the direct cause of the following exception:",
    ],
}


def text_of(name: str) -> str:
    """Return the text of an example."""
    return (EXAMPLES / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name in GONE for value in GONE[name]]
)
def test_planted_value_is_gone(name: str, value: str) -> None:
    """It is in the example, and in no redaction of it."""
    assert value in text_of(name)
    assert value not in scrub_text(text_of(name))


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name in KEPT for value in KEPT[name]]
)
def test_what_a_debugger_needs_is_kept(name: str, value: str) -> None:
    """It is in the example, and in its redaction."""
    assert value in text_of(name)
    assert value in scrub_text(text_of(name))


@pytest.mark.parametrize("name", GONE)
def test_redaction_keeps_lines_and_json(name: str) -> None:
    """Line for line the same log: JSON lines stay JSON with the same keys."""
    before, after = text_of(name).splitlines(), scrub_text(text_of(name)).splitlines()
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        if old.startswith("{"):
            assert json.loads(new).keys() == json.loads(old).keys()


def test_every_key_that_is_drawn_is_gone() -> None:
    """The generated log redacts to the same text whatever the keys: nothing of them is left."""
    lines = runpy.run_path(str(EXAMPLES / "make_crash.py"))["lines"]
    first, second = ("\n".join(lines(seed)) for seed in (1, 2))
    assert first != second
    assert scrub_text(first) == scrub_text(second)
    assert "deploy.py:214, commit 9f2c1e7ab04d" in scrub_text(first)
