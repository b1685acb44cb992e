"""Pages of a structure that lives: its people, its acts, its calendar. Under /structures/."""
