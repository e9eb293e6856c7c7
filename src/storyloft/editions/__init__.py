"""A work to take away: as an EPUB, a single HTML page or plain text, made on demand, the same bytes each time."""
