"""Reading the official files: files in, rows out. Nothing here knows the database."""
