"""The aids: the list with its filters, the page of each, applied to the case of an orientation when one was made."""
