"""Lists of works: filters in the address, their counts, sorted pages. All lists and the search page stand on this."""
