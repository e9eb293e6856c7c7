"""Rich Text (RTF), read by ourselves: the library for it loses the italics, and italics are the author's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, NotReadable, Recognition
from storyloft.ingest.importers.manuscript.binding import work_of
from storyloft.ingest.importers.manuscript.blocks import Block, Properties, Run, escaped, marked_up

# Rich Text Format specification 1.9.1: control words, the destinations that hold no story, code pages.
_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_NO_STORY = frozenset(
    b"colortbl stylesheet pict object header headerl headerr headerf footer footerl footerr footerf generator themedata"
    b" datastore listtable listoverridetable rsidtbl xmlnstbl latentstyles fldinst filetbl revtbl private annotation"
    b" atnid atnauthor bkmkstart bkmkend template company operator manager category keywords comment doccomm hlinkbase"
    b" nonshppict shpinst pgdsctbl userprops mmathPr wgrffmtfilter background ftnsep ftnsepc aftnsep aftnsepc".split()
)
_SAID = {
    b"tab": "\t", b"emdash": "\u2014", b"endash": "\u2013", b"lquote": "\u2018", b"rquote": "\u2019",
    b"ldblquote": "\u201c", b"rdblquote": "\u201d", b"bullet": "\u2022", b"line": "\n", b"lbr": "\n",
    b"emspace": "\u2003", b"enspace": "\u2002", b"qmspace": "\u2005", b"zwj": "\u200d", b"zwnj": "\u200c",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}"}
_STYLES = {b"b": "strong", b"i": "em", b"ul": "u", b"strike": "s", b"super": "sup", b"sub": "sub"}
_STYLES_OFF = {b"ulnone": {"u"}, b"nosupersub": {"sup", "sub"}}
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_DEEPEST = 500


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside the current group: styles, paragraph, code page, and where its words go."""

    styles: frozenset[str] = frozenset()
    page: str = "cp1252"
    goes_to: bytes = b""  # "" is the story; a property's name; "-" nowhere
    skip: int = 1  # \ucN: how many stand-ins follow a \u


@dataclass(slots=True)
class _Reader:
    """One pass over the tokens, making paragraphs of runs."""

    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    default_page: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    runs: list[Run] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    told: dict[bytes, str] = field(default_factory=dict)
    centred: bool = False
    level: int = 0
    skipping: int = 0
    half: str = ""
    starred: bool = False

    def blocks(self, data: bytes) -> Iterator[Block]:
        for token in _TOKEN.finditer(data):
            word, number, hexed, symbol, brace, words = token.groups()
            if token[0].startswith((b"\r", b"\n")):
                continue  # lines are wrapped anywhere, even inside a letter of two bytes
            if hexed or words:
                self._bytes(bytes([int(hexed, 16)]) if hexed else words)
                continue
            self._flush()
            if brace:
                self._group(brace)
            elif symbol:
                self._symbol(symbol)
            elif word in (b"par", b"sect", b"page", b"row", b"cell") and not self.state.goes_to:
                yield self._paragraph()
            elif word:
                self._control(word, int(number) if number else None)
        self._flush()
        if self.runs:
            yield self._paragraph()

    def _group(self, brace: bytes) -> None:
        if brace == b"}":
            self.state = self.stack.pop() if self.stack else self.state
            return
        if len(self.stack) > _DEEPEST:
            raise NotReadable("This RTF document is nested deeper than any honest one; it is not read.")
        self.stack.append(self.state)

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.starred = True
        elif symbol in b"\r\n":
            self._say("\n")
        elif symbol in _SYMBOLS:
            self._say(_SYMBOLS[symbol])

    def _control(self, word: bytes, number: int | None) -> None:
        starred, self.starred = self.starred, False
        if word in (b"info", b"fonttbl") or word in (b"title", b"author") and self.state.goes_to == b"info":
            self._go(word)
        elif word in _NO_STORY or (starred and word not in (b"shppict",)):
            self._go(b"-")
        elif word in _SAID:
            self._say(_SAID[word])
        elif word in _STYLES or word in _STYLES_OFF or word == b"plain":
            self._style(word, number)
        elif word == b"u" and number is not None:
            self._unicode(number)
        else:
            self._set(word, number or 0)

    def _set(self, word: bytes, number: int) -> None:
        if word == b"ansicpg":
            self.default_page = _known(f"cp{number}")
            self.state = replace(self.state, page=self.default_page)
        elif word == b"mac":
            self.state = replace(self.state, page="mac_roman")
        elif word == b"uc":
            self.state = replace(self.state, skip=max(number, 0))
        elif word == b"f":
            self.font = number
            self.state = replace(self.state, page=self.fonts.get(number, self.default_page))
        elif word == b"fcharset" and self.state.goes_to == b"fonttbl":
            self.fonts[self.font] = _CHARSETS.get(number, self.default_page)
        elif word == b"pard":
            self.centred, self.level = False, 0
        elif word in (b"qc", b"ql", b"qr", b"qj"):
            self.centred = word == b"qc"
        elif word == b"outlinelevel":
            self.level = number + 1 if number < 6 else 0

    def _go(self, where: bytes) -> None:
        self.state = replace(self.state, goes_to=b"-" if self.state.goes_to == b"-" else where)

    def _style(self, word: bytes, number: int | None) -> None:
        styles = self.state.styles
        if word == b"plain":
            styles = frozenset()
        elif word in _STYLES_OFF:
            styles -= _STYLES_OFF[word]
        else:
            styles = styles - {_STYLES[word]} if number == 0 else styles | {_STYLES[word]}
        self.state = replace(self.state, styles=styles)

    def _unicode(self, number: int) -> None:
        code = number % 65_536
        if 0xDC00 <= code < 0xE000 and self.half:
            self._say((self.half + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
            self.half = ""
        elif 0xD800 <= code < 0xE000:
            self.half = chr(code) if code < 0xDC00 else ""
        else:
            self._say(chr(code))
        self.skipping = self.state.skip

    def _bytes(self, data: bytes) -> None:
        skipped = min(self.skipping, len(data))
        self.skipping -= skipped
        self.raw += data[skipped:]

    def _flush(self) -> None:
        """Bytes become words only when a run of them ends, for a letter may have two."""
        if self.raw:
            data, self.raw = bytes(self.raw), bytearray()
            self._say(data.decode(self.state.page, "replace"))

    def _say(self, words: str) -> None:
        self.skipping = 0
        words = words.replace("\0", "")
        if not self.state.goes_to:
            self.runs.append((self.state.styles, words))
        elif self.state.goes_to in (b"title", b"author"):
            self.told[self.state.goes_to] = self.told.get(self.state.goes_to, "") + words

    def _paragraph(self) -> Block:
        runs, self.runs = self.runs, []
        words = "".join(text for _marks, text in runs).strip()
        bold = bool(words) and all("strong" in marks for marks, text in runs if text.strip())
        tag = f"h{self.level}" if self.level and words else "p"
        open_tag = f'<{tag} align="center">' if self.centred else f"<{tag}>"
        inside = marked_up((marks, escaped(text)) for marks, text in runs)
        return Block(
            html=f"{open_tag}{inside.strip()}</{tag}>",
            words=words,
            level=self.level if words else 0,
            stands_out=self.centred or bold,
        )


def _known(page: str) -> str:
    try:
        b"".decode(page)
    except LookupError:
        return "cp1252"
    return page


class RichText:
    """A Rich Text document."""

    name = "rtf"
    title = "Rich Text (RTF)"

    def recognises(self, file: GivenFile) -> Recognition | None:
        return Recognition(60, "it begins as Rich Text does") if file.kind == "rtf" else None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        reader = _Reader()
        blocks = list(reader.blocks(file.data))
        properties = Properties(title=reader.told.get(b"title", ""), author=reader.told.get(b"author", ""))
        pictures = ("The pictures in it were left out.",) if b"\\pict" in file.data else ()
        yield work_of(blocks, properties, warnings=pictures)


importer = RichText()
