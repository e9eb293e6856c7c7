"""`storyloft serve`: one family, started and ended together."""

from __future__ import annotations

import os
import re
import signal
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from tests.serving import served


def family_of(home: Path) -> list[psutil.Process]:
    """Every process that was started for this data folder."""
    return [one for one in psutil.process_iter(["cmdline"]) if str(home) in " ".join(one.info["cmdline"] or [])]


def wait_until_gone(home: Path) -> list[psutil.Process]:
    until = time.monotonic() + 15
    while family_of(home) and time.monotonic() < until:
        time.sleep(0.1)
    return family_of(home)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "archive-home"
    folder.mkdir()
    return folder


def test_the_printed_link_signs_in_and_the_pages_answer(home: Path) -> None:
    with served(home) as archive:
        assert re.fullmatch(rf"{archive.url}/sign-in/[\w-]{{43}}", archive.link)
        with urllib.request.urlopen(archive.link) as answer:  # noqa: S310 - our own address
            assert answer.status == 200


def test_nobody_of_the_family_outlives_a_killed_head(home: Path) -> None:
    with served(home):
        [head] = [one for one in family_of(home) if one.parent() and one.parent().pid == os.getpid()]
        assert len([head, *head.children(recursive=True)]) == 3
        head.send_signal(signal.SIGKILL)
        assert wait_until_gone(home) == []


def test_a_taken_port_is_a_sentence_not_a_traceback(home: Path, tmp_path: Path) -> None:
    with served(home) as archive:
        port = archive.url.rsplit(":", 1)[1]
        with pytest.raises(AssertionError, match="did not start") as said, served(tmp_path / "other", port=int(port)):
            pass
    assert "cannot be used" in str(said.value)
    assert "Traceback" not in str(said.value)
