"""Official files given by hand: detected, checked, then loaded in one transaction, with what was left out and why."""
