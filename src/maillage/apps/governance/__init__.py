"""Who decides in a structure: colleges, mandates, general assemblies, powers, votes."""
