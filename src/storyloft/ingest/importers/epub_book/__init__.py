"""The inside of an EPUB: container, package document, table of contents, chapters, pictures, and who made it.

Knows lxml and the imported shape, neither Django nor works. `importers/epub.py` strings the parts together.
"""
