"""The wrangling desk and what the tidied tags give to readers: tag pages' facts, feeds, completion, proposals."""
