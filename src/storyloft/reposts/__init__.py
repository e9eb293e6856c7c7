"""The same story twice: reposts, parts, renamed copies, found by their words and decided by a person.

It knows works, their texts' samples (prose.shingles), and the question `ingest` asks about two works (Likeness).
"""
