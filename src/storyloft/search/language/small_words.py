"""Words that carry no story."""

from __future__ import annotations

# They cost five times the rest of a query together (finding.md), so they are left out where other words remain;
# inside quotes they count.
_SMALL_WORDS = """
    a an and are as at be been but by for from had has have he her his i if in into is it its me my not of on or our
    she so that the their them then there they this to was we were what when which who will with would you your der
    das und ein eine ist im dem zu von le la un une des et est du de en el los las una y que
"""
SMALL_WORDS = frozenset(_SMALL_WORDS.split())
# What the tokenizer leaves of "don't", "she'll", "Holmes's".
ENDINGS = frozenset(["t", "s", "ll", "re", "ve", "d", "m"])
