"""Aids to one professional: contracts, statuses, premiums, taxes."""
