"""What a work is about: fandoms, relationships, characters, warnings and the author's own words. Knows only prose."""
