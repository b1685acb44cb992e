"""The quality approach of a team: it scores its maturity, each alone then together, and says what it will improve."""
