"""Pages of the governance of a structure: its bodies, the mandates, the assemblies."""
