"""How far a project is: its roadmap, what it lacks, its legal forms."""
