"""The aids, as the API says them."""
