"""The language of the search box: from what somebody typed to a tree that says how it was read.

`read(typed)` never fails. What cannot be meant is repaired, and `Asked.notes` says so. Knows tags' fixed words and how
the index cuts words; neither the database nor the index itself.
"""
