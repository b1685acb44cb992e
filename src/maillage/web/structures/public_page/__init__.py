"""What a structure shows to everyone: written and published by its team, read without an account."""
