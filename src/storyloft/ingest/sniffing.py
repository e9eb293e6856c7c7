"""What kind of file these bytes are: by what is inside, the name only as a last hint."""

from __future__ import annotations

from typing import Literal

Kind = Literal[
    "empty", "epub", "zip", "docx", "odt", "rtf", "pdf", "mobi", "doc", "fb2", "html", "mhtml", "markdown", "text",
    "json", "picture", "other",
]  # fmt: skip


def kind_of(data: bytes, path: str = "") -> Kind:
    """The kind of file, judged by content; `path` tells only Markdown from plain text."""
    raise NotImplementedError
