"""Two projects of about sixty pages, an MSP and a CPTS: invented people and places, text written by us."""
