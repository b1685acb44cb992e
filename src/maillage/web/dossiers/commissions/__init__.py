"""Pages of the commissions: seats, sessions, items, attendance, minutes."""
