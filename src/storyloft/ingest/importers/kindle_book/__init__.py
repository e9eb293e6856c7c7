"""The inside of a Kindle book: the programs that open it, its older markup made plain, and an EPUB bound from it.

Knows lxml, `epub_book` and the labels of `ao3`, neither Django nor works. `importers/mobi.py` strings the parts
together.
"""
