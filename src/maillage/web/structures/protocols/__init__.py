"""Pages of the protocols of a structure: their life from the need to the withdrawal, what is shared and copied."""
