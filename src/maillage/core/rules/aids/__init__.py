"""Every aid in one list: those of the structures, of the regions and of the professionals, to search and to apply."""
