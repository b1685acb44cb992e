"""What regions offer: who helps at each step, and their calls for projects."""
