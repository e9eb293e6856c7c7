"""What DOCX, ODT and RTF share: each reads its file into `Block`s, and this makes a work of them."""
