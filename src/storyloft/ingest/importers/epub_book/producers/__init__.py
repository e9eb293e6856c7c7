"""Who made this EPUB, and a reader for each program whose books say more than their package document."""
