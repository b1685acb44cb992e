"""What comes in and goes out of a structure: lists from a spreadsheet, the whole structure as an archive."""
