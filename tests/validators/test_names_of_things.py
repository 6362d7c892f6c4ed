"""Names of files, buckets and hubs that hold a person's name."""

from __future__ import annotations

import pytest

from scrubber.validators.bucket import bucket_name
from scrubber.validators.given_names import given_name, led_by_given_name
from scrubber.validators.hub_owner import hub_owner
from scrubber.validators.personal_file import patient_file, personal_file
from scrubber.validators.technical import parts_of, technical


@pytest.mark.parametrize(
    "stem",
    ["passport_jane_doe", "Jane_Doe_CV", "Jane", "John_Q_Smith_0002", "JaneDoe", "janedoe_selfie"],
)
def test_pictures_are_named_by_people(stem: str) -> None:
    """A given name alone, beside another name or beside a word for a paper."""
    assert personal_file(stem)


@pytest.mark.parametrize(
    "stem",
    [
        "cat_001",
        "lucas_kanade",
        "San_Francisco",
        "Fort_Wayne",
        "Charles_River",
        "Mona_Lisa",
        "alice_bob",
        "max_pool",
        "georgetown",
        "jane_train",
        "",
    ],
)
def test_pictures_are_named_by_things(stem: str) -> None:
    """Without a name there is no evidence."""
    assert not personal_file(stem)


@pytest.mark.parametrize(
    "stem",
    ["patient_John_Smith_1970", "DOE^JANE^^^", "Mueller_Hans_19700101", "jane_eeg", "pat_mueller"],
)
def test_scans_are_named_by_patients(stem: str) -> None:
    """Two capitalised words that are none of medicine are a name, too."""
    assert patient_file(stem)


@pytest.mark.parametrize(
    "stem",
    [
        "IM-0001-0023",
        "patient_0042",
        "Left_Knee_T2",
        "sub-01_ses-02_task-rest_bold",
        "T1_Axial_FLAIR",
        "BraTS19_001_t1ce",
        "",
    ],
)
def test_scans_are_named_by_series(stem: str) -> None:
    """Words of the body, the scanner and the sequence name nobody."""
    assert not patient_file(stem)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("jane-bucket", True),
        ("wayne-datalake-prod", True),
        ("sagemaker-us-east-1-123456789012", True),
        ("my-bucket", False),
        ("commoncrawl", False),
        ("gcp-public-data-landsat", False),
        ("bucket", False),
        ("", False),
    ],
)
def test_buckets_of_all_and_of_documentation_are_nobodys(name: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """What is left is its owner's."""
    assert bucket_name(name) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("jane-doe", True), ("jdoe", True), ("Meta-Llama", False), ("datasets", False), ("", False)],
)
def test_well_known_owners_and_pages_stay(name: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """They say which model ran and name no one."""
    assert hub_owner(name) is expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("janedoe", "doe"), ("JohnSmith", "smith"), ("jane", None), ("karaoke", None), ("", None)],
)
def test_a_name_written_in_one_word_is_divided(word: str, expected: str | None) -> None:
    """What follows the longest given name, unless the word is a known other one."""
    assert led_by_given_name(word) == expected


def test_given_names_are_known_in_any_case() -> None:
    """Capitals are how names are written, not what they are."""
    assert given_name("JANE")
    assert not given_name("lena")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("runs", True), ("scratch2", True), ("v3", True), ("testdata", True), ("newman", False)],
)
def test_words_for_things_may_be_plural_numbered_or_two(name: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """Surnames that end like a word stay names."""
    assert technical(name) is expected


def test_capitals_divide_words() -> None:
    """Names are written without blanks in file names."""
    assert parts_of("JaneDoe-x_2") == ["Jane", "Doe", "x"]
