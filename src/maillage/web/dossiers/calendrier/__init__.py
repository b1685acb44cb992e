"""« Échéances »: what awaits a person, by week and by month, and for their agenda."""
