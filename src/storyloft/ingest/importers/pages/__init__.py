"""What all importers of saved web pages share: the page, its address, its text region, what is dropped from it."""
