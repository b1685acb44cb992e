"""The premises of a maison or of a centre de santé: programme, cost, grants, FCTVA, rent and lease."""
