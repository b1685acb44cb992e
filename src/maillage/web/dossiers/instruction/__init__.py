"""Pages of who reviews: the inbox, the gestures of a review, exchanges, avis, visits, log."""
