"""A commission at work: its seats, its sessions, conflicts of interest, attendance, avis, votes, minutes."""
