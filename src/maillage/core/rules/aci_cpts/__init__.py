"""The ACI of the communautés professionnelles territoriales de santé (CPTS)."""
