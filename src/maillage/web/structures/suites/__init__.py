"""What goes from one meeting to the next: the subjects that wait, the decisions and tasks to follow."""
