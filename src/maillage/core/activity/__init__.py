"""What the activity of a structure counts and names, without its database: themes, protocols, meetings."""
