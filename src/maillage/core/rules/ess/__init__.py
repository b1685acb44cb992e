"""The simulator of the money of an équipe de soins spécialisés."""
