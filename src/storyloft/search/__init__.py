"""Finding stories again, by any word in them: a Tantivy index beside the database. It knows works, tags and people."""
