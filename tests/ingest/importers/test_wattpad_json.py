"""Saved Wattpad data: what is a story, what only talks about one."""

from __future__ import annotations

import json

import pytest

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, NotReadable
from storyloft.ingest.importers.wattpad_json import importer


def read(data: object) -> ImportedWork:
    [work] = importer.read(GivenFile("story.json", json.dumps(data).encode()))
    return work


def test_a_part_without_text_is_named_as_lacking() -> None:
    parts = [{"id": 1, "title": "Fog", "text": "It came."}, {"id": 2, "title": "Oil"}]
    work = read({"id": "7", "title": "The Lamp", "numParts": 2, "readCount": 4, "parts": parts})
    assert work.warnings == ("1 of 2 parts have no text in this file.",)
    assert work.part is not None


def test_drafts_are_left_out() -> None:
    parts = [{"id": 1, "text": "It came."}, {"id": 2, "text": "Not yet.", "draft": True}]
    assert len(read({"id": "7", "readCount": 4, "parts": parts}).chapters) == 1


def test_a_text_in_paragraphs_is_read() -> None:
    work = read({"id": 5, "title": "Fog", "readCount": 4, "text": ["It came.", "It went."]})
    assert work.chapters[0].html == "<p>It came.</p><p>It went.</p>"


def test_a_mature_story_is_rated_so() -> None:
    work = read({"id": "7", "mature": True, "readCount": 1, "parts": [{"id": 1, "text": "It came."}]})
    assert [tag.name for tag in work.tags] == ["Mature"]


@pytest.mark.parametrize(
    "data",
    [
        {"comments": [{"body": "Nice!", "paragraphId": "d41d8cd98f00b204e9800998ecf8427e", "voteCount": 1}]},
        [{"readCount": 1, "voteCount": 2}],
        {"parts": [], "readCount": 1},
        {"parts": [7, None, "x"], "readCount": 1, "user": 4, "tags": [None]},
        "readCount voteCount",
        None,
    ],
)
def test_data_without_a_story_is_refused_with_a_sentence(data: object) -> None:
    with pytest.raises(NotReadable, match="This file holds"):
        read(data)


@pytest.mark.parametrize("cut", [b'{"readCount": 1, "parts": [{"text": "It ca', b"[" * 100_000])
def test_damaged_data_is_refused_with_a_sentence(cut: bytes) -> None:
    with pytest.raises(NotReadable, match="cut off or damaged"):
        list(importer.read(GivenFile("story.json", cut)))
