"""More like this: the works nearest to one, by what they are tagged with and by the words they are told in."""
