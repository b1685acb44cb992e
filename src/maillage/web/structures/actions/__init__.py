"""The actions of a structure, by mission of its agreement."""
