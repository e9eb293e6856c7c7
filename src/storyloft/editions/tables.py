"""Tables in the order EPUB asks for: caption, columns, head, bodies of rows of cells, foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from storyloft.editions.attributes import opened

if TYPE_CHECKING:
    from storyloft.editions.nesting import Nesting, Where

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SECTIONS = ("thead", "tbody", "tfoot")


def table(nesting: Nesting, element: etree._Element, where: Where) -> str:
    """A table with its parts in order; one without a row is no table, but its words stay."""
    children = [child for child in element if isinstance(child.tag, str)]
    captions = [child for child in children if child.tag == "caption"]
    sections = _sections(nesting, children, where)
    said = "".join(nesting.wrapped(caption, "div", where) for caption in captions[0 if not sections else 1 :])
    if not sections:
        return said
    columns = "".join(_columns(child) for child in children if child.tag == "colgroup")
    first = [nesting.wrapped(caption, "caption", where.without("table")) for caption in captions[:1]]
    return f"{said}{opened('table', _given(element))}{''.join(first)}{columns}{_ordered(sections)}</table>"


def _sections(nesting: Nesting, children: list[etree._Element], where: Where) -> list[tuple[str, str]]:
    """Head, bodies and foot as (name, markup); a row that stands alone, or anything else, is a body of its own."""
    found: list[tuple[str, str]] = []
    for child in children:
        name = str(child.tag)
        if name in _SECTIONS:
            rows = "".join(_row(nesting, row, where) for row in child if isinstance(row.tag, str))
            if rows:
                # One head and one foot are a table's; a second is a body.
                name = "tbody" if name in [known for known, _ in found] else name
                found.append((name, f"{opened(name, _given(child))}{rows}</{name}>"))
        elif name not in ("caption", "colgroup", "col"):
            found.append(("tbody", f"<tbody>{_row(nesting, child, where)}</tbody>"))
    return found


def _ordered(sections: list[tuple[str, str]]) -> str:
    place = {"thead": 0, "tbody": 1, "tfoot": 2}
    return "".join(html for _, html in sorted(sections, key=lambda section: place[section[0]]))


def _row(nesting: Nesting, row: etree._Element, where: Where) -> str:
    if row.tag != "tr":
        return f"<tr>{_cell(nesting, row, where)}</tr>"
    cells = "".join(_cell(nesting, cell, where) for cell in row if isinstance(cell.tag, str))
    return f"{opened('tr', _given(row))}{cells}</tr>"


def _cell(nesting: Nesting, cell: etree._Element, where: Where) -> str:
    if cell.tag == "td":
        return nesting.wrapped(cell, "td", where.without())
    if cell.tag == "th":
        return nesting.wrapped(cell, "th", where.without(*_HEADINGS))
    return f"<td>{nesting.element(cell, where.without())}</td>"


def _columns(group: etree._Element) -> str:
    columns = "".join(opened("col", _given(column)) for column in group if column.tag == "col")
    return f"{opened('colgroup', _given(group))}{columns}</colgroup>"


def _given(element: etree._Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in element.attrib.items()}
