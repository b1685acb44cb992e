"""The verbs of the activity, by subject: each asks the right, writes in one transaction, records one event."""
