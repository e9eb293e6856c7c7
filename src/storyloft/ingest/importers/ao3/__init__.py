"""The otwarchive software's downloads and pages: labels, preface, chapters, shared by page and EPUB.

Matched by label structure, never by host: many sites run the same software (`ao3-formats.md`).
"""
