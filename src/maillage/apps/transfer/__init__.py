"""A whole structure as files: exported, imported elsewhere, the same."""
