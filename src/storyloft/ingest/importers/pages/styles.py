"""What a page's own style sheets hide: classes set to `display: none`."""

from __future__ import annotations

import re

from storyloft.ingest.importers.pages.page import SavedPage

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_HIDDEN = re.compile(r"(?:^|[;{\s])display\s{0,9}:\s{0,9}none\b", re.IGNORECASE)
_ONE_CLASS = re.compile(r"(?:[a-z][a-z0-9]*)?\.(?P<name>[A-Za-z_-][\w-]*)")


def hidden_classes(page: SavedPage) -> set[str]:
    """The classes that the page's `style` elements hide on a screen, by a selector that is that class alone.

    Rules inside `@media` and the like are left aside: they hide on paper or on small screens only.
    """
    return {name for node in page.tree.css("style") for name in _hidden_in(_COMMENT.sub("", node.text()))}


def _hidden_in(sheet: str) -> set[str]:
    found: set[str] = set()
    for selectors, body in _plain_rules(sheet):
        if _HIDDEN.search(body):
            alone = (_ONE_CLASS.fullmatch(selector.strip()) for selector in selectors.split(","))
            found |= {match["name"] for match in alone if match}
    return found


def _plain_rules(sheet: str) -> list[tuple[str, str]]:
    """The rules at the outermost level as (selectors, body)."""
    rules, depth, selectors, start = [], 0, "", 0
    for found in re.finditer(r"[{}]", sheet):
        if found[0] == "{":
            if depth == 0:
                selectors, start = sheet[start : found.start()], found.end()
            depth += 1
        else:
            depth = max(depth - 1, 0)
            if depth == 0:
                rules.append((selectors.rpartition(";")[2].strip(), sheet[start : found.start()]))
                start = found.end()
    return [(selectors, body) for selectors, body in rules if not selectors.startswith("@")]
