"""Potential accessibility to care: distance weights, pairs of communes, catchments. Arrays in, arrays out."""
