"""An EPUB's zip: files found whatever the case and spelling of their address, and locks recognised."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from lxml import etree

from storyloft.ingest.imported import NotReadable
from storyloft.ingest.importers.epub_book.markup import parse_xml
from storyloft.ingest.unpack import BoundedZip, open_zip

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_ALGORITHMS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
LOCKED = "This book is locked (DRM), so it cannot be read. A copy without the lock can."


@dataclass(frozen=True)
class Files:
    """The files of a book, by address."""

    zip: BoundedZip
    _found: dict[str, str | None] = field(default_factory=dict)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {name.replace("\\", "/").casefold(): name for name in reversed(self.zip.names)}

    @cached_property
    def _exact(self) -> frozenset[str]:
        return frozenset(self.zip.names)

    def find(self, href: str, base: str = "") -> str | None:
        """The name in the zip that an href written in `base` means; None where nothing answers to it."""
        path = href.partition("#")[0]
        plain = posixpath.normpath(posixpath.join(posixpath.dirname(base), path)).lstrip("/")
        if plain not in self._found:
            self._found[plain] = self._look_for(plain)
        return self._found[plain]

    def read(self, name: str) -> bytes:
        """The bytes of a name that `find` gave."""
        return self.zip.read(name)

    def _look_for(self, path: str) -> str | None:
        for spelling in (path, unquote(path)):
            if spelling in self._exact:
                return spelling
            if folded := self._folded.get(spelling.casefold()):
                return folded
        return None


def open_book(data: bytes) -> Files:
    """The files of an EPUB; raises `NotReadable` where it is no zip, broken, or locked."""
    files = Files(open_zip(data))
    _refuse_locked(files)
    return files


def package_path(files: Files) -> str:
    """Where the package document is: as the container says, else the only `.opf` there is."""
    if container := files.find(_CONTAINER):
        named = _rootfiles(files.read(container))
        for path in filter(None, map(files.find, named)):
            return path
    for name in files.zip.names:
        if name.lower().endswith(".opf"):
            return name
    raise NotReadable("This EPUB does not say what it holds (it has no package document).")


def _rootfiles(data: bytes) -> list[str]:
    try:
        return [found.get("full-path", "") for found in parse_xml(data).iter("{*}rootfile") if found.get("full-path")]
    except etree.XMLSyntaxError:
        return []


def _refuse_locked(files: Files) -> None:
    listing = files.find(_ENCRYPTION)
    if listing and not _only_fonts(files.read(listing)):
        raise NotReadable(LOCKED)


def _only_fonts(data: bytes) -> bool:
    try:
        methods = [found.get("Algorithm") for found in parse_xml(data).iter("{*}EncryptionMethod")]
    except etree.XMLSyntaxError:
        return False
    return all(method in _FONT_ALGORITHMS for method in methods)
