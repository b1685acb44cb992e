"""What each subject of the activity awaits on a day: one module for each, which gives ``deadlines``."""
