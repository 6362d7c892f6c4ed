"""Names that everybody knows, and names that are like them."""

from __future__ import annotations

import pytest

from scrubber import Identity, Scrubber
from scrubber.telemetry.limits import check_text
from scrubber.telemetry.public_names import names_of, public_name


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("yolov8n", "models", "yolov8n"),
        ("YOLOV8N.pt", "models", "yolov8n"),
        ("ResNet50", "models", "resnet50"),
        ("bert-base-uncased", "models", "bert-base-uncased"),
        ("coco.yaml", "datasets", "coco"),
        ("mnist", "datasets", "MNIST"),
        ("imagenet", "datasets", "ImageNet"),
        ("yolov8n.yaml", "models", None),
        ("coco.pt", "datasets", None),
        ("yolov8n.pt.pt", "models", None),
        ("yolov8n.", "models", None),
        (".pt", "models", None),
        ("", "models", None),
        (" yolov8n", "models", None),
        ("yolov8n\n", "models", None),
        ("yolov8n\x00", "models", None),
        ("./yolov8n.pt", "models", None),
        ("runs/yolov8n.pt", "models", None),
        ("/yolov8n.pt", "models", None),
        ("..\\yolov8n.pt", "models", None),
        ("C:yolov8n.pt", "models", None),
        ("file:yolov8n.pt", "models", None),
        ("jane/yolov8n", "models", None),
        ("yolov8n-jane", "models", None),
        ("yolo\u200bv8n", "models", None),
        ("yolov8\uff4e", "models", None),
        ("\u212aMNIST", "datasets", None),
        ("coco", "models", None),
    ],
)
def test_name_is_public_only_if_it_is_exactly_one(text: str, names: str, found: str | None) -> None:
    """But for case and one known suffix."""
    assert public_name(text, names) == found


@pytest.mark.parametrize("names", ["models", "datasets"])
def test_packaged_names_pass_the_guard(names: str) -> None:
    """No name of the lists would have its event dropped."""
    listed = names_of(names)
    assert Scrubber(identity=Identity.none()).scrub_many(listed) == list(listed)
    assert [check_text(names, name) for name in listed] == list(listed)
