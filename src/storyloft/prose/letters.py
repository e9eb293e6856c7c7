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
_LONGEST_SALUTATION = 60


def is_inset(lines: Sequence[str]) -> bool:
    """Do these lines, between blank ones, begin like a letter: a greeting, or a quotation left open in its first line?

    The opening mark may never be closed: many letters in stories are not.
    """
    first = lines[0].lstrip()
    if _SALUTATION.match(first) and _is_greeting(first):
        return True
    return _left_open(first)


def _is_greeting(first: str) -> bool:
    """A greeting stands alone, or at the head of a quotation; "Dear Watson was asleep" does neither."""
    return len(first) <= _LONGEST_SALUTATION and (first[0] in _CLOSES or first.rstrip()[-1] in ",.:!—-–")


def _left_open(first: str) -> bool:
    closing = _CLOSES.get(first[:1])
    return closing is not None and not any(mark in first[1:] for mark in closing)
