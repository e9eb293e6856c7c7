"""The short way for the commonest chapters: nothing but paragraphs with a little emphasis, and rules between them.

One pattern says whether a chapter is one of them. It allows so little that what it passes is exactly what the long way
would write, which the tests hold it to; whatever is the least bit different goes the long way.
"""

from __future__ import annotations

import re

# Text as we write it, and never only blanks behind an opened tag: the long way moves those out of the emphasis.
_TEXT = r"[^<>&]++|&(?:amp|lt|gt);"
_EM = "em|i|b|strong|u|s"
_INNER = rf"<({_EM})>(?![ \t\n]*+<)(?:{_TEXT})++</\3>"
_OUTER = rf"<({_EM})>(?![ \t\n]++<|</|<br)(?:{_TEXT}|{_INNER}|<br>)*+</\2>"
_PARAGRAPH = (
    r'<p(?: class="(?:align-center|align-right|authors-note)")?>(?!(?:<[^>]*>)*+[ \t\n]|</)'
    rf"(?:{_TEXT}|{_OUTER}|<br>)*+(?<![ \t\n])</p>[ \t\n]*+"
)
_RULE = r"<hr ?/?>[ \t\n]*+"
_CHAPTER = re.compile(rf"[ \t\n]*+((?:{_PARAGRAPH}|{_RULE})++)")
_BETWEEN = re.compile(r"</p>[ \t\n]+")
_RULES = re.compile(_RULE)
_LONGEST, _MOST = 400_000, 25_000  # characters and tags: far below what the long way refuses


def plainest(html: str) -> str | None:
    """The chapter as `shape` would write it, without the blanks between paragraphs; None if that must do the work."""
    if len(html) > _LONGEST or html.count("<") > _MOST or not html.lstrip(" \t\n").startswith("<p"):
        return None
    found = _CHAPTER.fullmatch(html)
    if not found:
        return None
    written = _BETWEEN.sub("</p>", found[1])
    return _RULES.sub("<hr>", written) if "<hr" in written else written
