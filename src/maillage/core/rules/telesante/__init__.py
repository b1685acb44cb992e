"""Téléconsultation, téléexpertise, shared software and health data: what is paid, within which limits."""
