"""The shared information system of a structure and its telehealth: inventory and counts."""
