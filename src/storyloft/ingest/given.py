"""A file as it was given: its name, its bytes, and what a look inside tells (kind, text, parsed page)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from selectolax.lexbor import LexborHTMLParser

from storyloft.ingest.decoding import Decoded, decode
from storyloft.ingest.sniffing import Kind, kind_of


@dataclass(frozen=True)
class GivenFile:
    """`path` is the name as given (folders and all, `/` between), only ever shown and read for hints."""

    path: str
    data: bytes

    @property
    def name(self) -> str:
        """The last part of the path, without its ending."""
        return PurePosixPath(self.path).stem

    @cached_property
    def kind(self) -> Kind:
        """What the bytes are, whatever the name says."""
        return kind_of(self.data, self.path)

    @cached_property
    def decoded(self) -> Decoded:
        """The bytes as text, with the encoding used and what was repaired."""
        return decode(self.data)

    @property
    def text(self) -> str:
        """The bytes as text, line ends as \\n."""
        return self.decoded.text

    @cached_property
    def page(self) -> LexborHTMLParser:
        """The text parsed as an HTML page."""
        return LexborHTMLParser(self.text)
