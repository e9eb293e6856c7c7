"""How well half-remembered scenes are found, on a corpus of stories and memories of them written down by people."""
