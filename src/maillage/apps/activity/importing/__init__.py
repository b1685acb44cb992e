"""Lists of meetings and of actions, from a spreadsheet: examined line by line, then written together or not at all."""
