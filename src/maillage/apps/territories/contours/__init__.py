"""The shapes of communes, EPCI, départements and régions, and the tiles of the maps, prepared from a package."""
