"""The public register of recognised structures."""
