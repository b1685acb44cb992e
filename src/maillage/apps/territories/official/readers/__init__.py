"""One module per kind of official file: from the file to its datasets. Each is imported only when it is asked for."""
