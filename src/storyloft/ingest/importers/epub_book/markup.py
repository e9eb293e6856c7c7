"""XML from strangers, parsed without opening or expanding anything; broken markup is read as a browser would.

Rules: `html-and-uploads.md` §4 (entities, DTD, network and huge trees off; a DOCTYPE and `&nbsp;` are honest).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from html.entities import html5

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from storyloft.ingest.decoding import decode
from storyloft.ingest.imported import NotReadable

XHTML = "http://www.w3.org/1999/xhtml"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_NAMED_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]*;)")
_XHTML_NAMESPACE = re.compile(rb"\sxmlns=([\"'])http://www\.w3\.org/1999/xhtml\1")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# Elements a browser would leave open although XHTML closed them on the spot.
_SELF_CLOSED = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b)([A-Za-z][\w:-]*)((?:\s[^<>]*?)?)/>"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")  # no tree may hold them
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_PREFIXED = {"xlink:href": "href", "epub:type": EPUB_TYPE, "xml:lang": XML_LANG}
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


@dataclass(frozen=True, slots=True)
class Page:
    """One content document: its `html` element without namespaces, and whether it had to be repaired."""

    root: etree._Element
    repaired: bool = False

    @property
    def body(self) -> etree._Element:
        """The body; an empty one where the document has none."""
        found = self.root if self.root.tag == "body" else self.root.find("body")
        return etree.SubElement(self.root, "body") if found is None else found


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML file (package, NCX, container); raises `etree.XMLSyntaxError` where it is not XML.

    HTML's named entities become characters; entities the file declares itself are never expanded.
    """
    return etree.fromstring(_plain_bytes(data), _parser())


def parse_page(data: bytes) -> Page:
    """A content document as a tree without namespaces; markup that is not XML is repaired as HTML5."""
    try:
        root = etree.fromstring(_XHTML_NAMESPACE.sub(b"", _plain_bytes(data), count=1), _parser())
    except etree.XMLSyntaxError:
        return Page(_repaired(data), repaired=True)
    if root.tag.startswith("{"):
        _forget_namespace(root)
    return Page(root)


def words_of(element: etree._Element | None) -> str:
    """An element's text in one line; pictures, comments and unknown entities give nothing."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def spaced_words_of(element: etree._Element) -> str:
    """An element's text in one line, a blank between any two elements: for excerpts, where blocks must not join."""
    return " ".join(" ".join(map(str, element.itertext())).split())


def inner_html(element: etree._Element) -> str:
    """What stands inside an element, as HTML."""
    whole = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return whole[whole.index(">") + 1 : whole.rindex("</")].strip() if "</" in whole else ""


def types_of(element: etree._Element) -> frozenset[str]:
    """The words of an element's `epub:type`."""
    return frozenset(element.get(EPUB_TYPE, "").split())


def _plain_bytes(data: bytes) -> bytes:
    """The bytes with named entities as numbers; UTF-16 as UTF-8, since the substitutions work on ASCII."""
    if data.startswith(_UTF16_MARKS):
        data = _DECLARATION.sub("", data.decode("utf-16", "replace")).encode()
    # Blanks before the declaration make a file no XML at all; several converters write them.
    data = data.removeprefix(codecs.BOM_UTF8).lstrip()
    return _NAMED_ENTITY.sub(_numbered, data) if b"&" in data else data


def _numbered(entity: re.Match[bytes]) -> bytes:
    characters = html5.get(entity[1].decode())
    return "".join(f"&#{ord(c)};" for c in characters).encode() if characters else entity[0]


def _repaired(data: bytes) -> etree._Element:
    text = _SELF_CLOSED.sub(r"<\1\2></\1>", _DECLARATION.sub("", _CONTROLS.sub("", decode(data).text)))
    html = LexborHTMLParser(text).html or ""
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    if root is None:
        raise NotReadable("A page of this book holds nothing that can be read.")
    for element in root.iter("*"):
        _rename(element)
    return root


def plain_name(element: etree._Element) -> str:
    """An element's name without its namespace; `span` where damage left a name that is none."""
    name = str(element.tag).rpartition("}")[2]
    return name if _NAME.fullmatch(name) else "span"


def _rename(element: etree._Element) -> None:
    """HTML parsers let through names that no tree can be built with again (`bo<h1`)."""
    if not _NAME.fullmatch(str(element.tag)):
        element.tag = plain_name(element)
    for name in [name for name in map(str, element.attrib) if not _NAME.fullmatch(name)]:
        value = element.attrib.pop(name)
        if name in _PREFIXED:
            element.set(_PREFIXED[name], value)


def _forget_namespace(root: etree._Element) -> None:
    for element in root.iter(f"{{{XHTML}}}*"):
        element.tag = plain_name(element)
