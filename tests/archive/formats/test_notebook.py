"""Notebooks: no picture and nobody in them, and valid as before."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from scrubber.archive.formats.images import PNG
from tests.archive.scrubbing import scrubbed, settled

PICTURE = base64.b64encode(PNG + b"jane").decode()
PIXEL = base64.b64encode(PNG).decode()
KEY = [
    "-----BEGIN RSA PRIVATE KEY-----\n",
    *["MIIE" + "Ab3" * 20 + "\n"] * 3,
    "-----END RSA PRIVATE KEY-----",
]


def notebook(*outputs: dict[str, Any], **cell: object) -> dict[str, Any]:
    """Make a notebook of one cell."""
    code = {
        "cell_type": "code",
        "id": "ab",
        "execution_count": 1,
        "metadata": {},
        "source": [],
        "outputs": list(outputs),
        **cell,
    }
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": [code], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def done(book: dict[str, Any]) -> dict[str, Any]:
    """Scrub a notebook in two layouts; give what became of it."""
    found = [
        json.loads(settled(json.dumps(book, indent=indent).encode(), "a.ipynb"))
        for indent in (1, None)
    ]
    assert found[0] == found[1]
    assert "jane" not in json.dumps(found[0])
    return dict(found[0])


def shown(**data: object) -> dict[str, Any]:
    """Make an output."""
    return {"output_type": "display_data", "metadata": {}, "data": data}


@pytest.mark.parametrize(
    ("kind", "value", "left"),
    [
        ("image/png", PICTURE, PIXEL),
        ("image/png", [PICTURE[:8], PICTURE[8:]], [PIXEL]),
        ("image/jpeg", PICTURE, ""),
        (
            "image/svg+xml",
            ["<svg>\n", "jane</svg>"],
            ['<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'],
        ),
        ("application/pdf", "amFuZQ==", ""),
        ("text/plain", ["mail jane@example.com"], ["mail [email]"]),
        (
            "text/html",
            "<img src='data:image/png;base64," + PICTURE + "'/>",
            "<img src='[image/png 1x1]'/>",
        ),
        (
            "application/json",
            {"image/png": 3, "password": "jane"},
            {"image/png": 3, "password": "[secret]"},
        ),
    ],
)
def test_pictures_of_outputs_are_replaced(kind: str, value: object, left: object) -> None:
    """Their keys stay."""
    assert notebook(shown(**{kind: left})) == done(notebook(shown(**{kind: value})))


def test_a_book_without_anyone_stays() -> None:
    """A pixel of ours included."""
    data = json.dumps(notebook(shown(**{"image/png": PIXEL})), indent=1).encode()
    assert data == settled(data, "a.ipynb")
    assert scrubbed(data, "a.ipynb")[2].report.findings == 0


def test_lines_of_a_list_are_one_text() -> None:
    """A private key that was printed is gone; the list is as long as before."""
    found = done(notebook({"output_type": "stream", "name": "stdout", "text": [*KEY]}))
    assert found["cells"][0]["outputs"][0]["text"] == ["[secret]", "", "", "", ""]


def test_sources_tracebacks_and_attachments_are_scrubbed() -> None:
    """Through colours, and by the same name where it is referred to."""
    trace = ["\x1b[0;31mV\x1b[0m: /home/\x1b[0;32mjane\x1b[0m/x.py", "jane@example.com"]
    book = notebook(
        {"output_type": "error", "ename": "V", "evalue": "/home/jane", "traceback": trace},
        source=["a\n", "login('jane@example.com')"],
        attachments={"jane_doe.png": {"image/png": PICTURE}},
        metadata={"note": "![x](attachment:jane_doe.png)"},
    )
    book["metadata"]["authors"] = [{"name": "jane doe"}]
    found = done(book)
    cell = found["cells"][0]
    assert cell["attachments"] == {"[file].png": {"image/png": PIXEL}}
    assert cell["metadata"]["note"] == "![x](attachment:[file].png)"
    assert cell["source"] == ["a\n", "login('[email]')"]
    assert found["metadata"]["kernelspec"]["display_name"] == "Python 3"
