"""Letters and other insets inside a story: what begins like one."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CLOSES = {"»": "«", "«": "»", "„": "“”", "“": "”", "‚": "‘’", "‹": "›", "「": "」", "『": "』"}
_SALUTATION = re.compile(
    r"""[»«„“‚‹"'‘「『*_\s]*(?:
        (?:my[ ]|mein[e]?[ ]|ma[ ]|mon[ ]|mi[ ])?
        (?:dear(?:est)?|beloved|darling|liebe[rs]?|geliebte[rs]?|sehr[ ]geehrte[rs]?|ch[eè]re?s?
          |querid[oa]s?|car[oa]|lieve|kära|kære|drog[ai]|дорог(?:ой|ая)|милы?й)\b
      | to[ ](?:whom[ ]it|my)\b
      | 親愛なる | 亲爱的 )""",
    re.IGNORECASE | re.VERBOSE,
)
_QUOTATION_MARKS = '"“”„»«「」『』'
_LONGEST_SALUTATION = 60


def is_inset(lines: Sequence[str]) -> bool:
    """Do these lines, between blank ones, begin like a letter: a greeting, or a quotation left open in its first line?

    The opening mark may never be closed: many letters in stories are not.
    """
    first = lines[0].strip()
    if _SALUTATION.match(first) and _is_greeting(first):
        return True
    # In English each paragraph of a long speech opens anew and only the last closes: that is no letter.
    goes_on = len(lines) > 1 and lines[1].lstrip()[:1] == first[:1]
    return _left_open(first) and not goes_on


def _is_greeting(first: str) -> bool:
    """A greeting stands alone or at the head of a quotation; `Dear Watson slept` and `"Dear me," he said` do not."""
    if len(first) > _LONGEST_SALUTATION or any(mark in first[1:] for mark in _QUOTATION_MARKS):
        return False
    return first[0] in _QUOTATION_MARKS or first[-1] in ",:—–-" or (first[-1] in ".!" and len(first.split()) <= 3)


def _left_open(first: str) -> bool:
    closing = _CLOSES.get(first[:1])
    return closing is not None and not any(mark in first[1:] for mark in closing)
