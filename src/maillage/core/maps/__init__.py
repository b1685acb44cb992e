"""Maps: shapes that share their borders, vector tiles, classes of values. Pure: arrays and geometries in, bytes out."""
