"""A set of changed parameters, and what it changes for many situations."""
