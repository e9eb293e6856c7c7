"""One module for each form a saved story comes in. Knows neither Django nor works: bytes in, `ImportedWork` out."""
