"""The example that an empty simulator offers; the page says where it comes from."""

from maillage.core.rules.aci_msp.example import EXAMPLE

__all__ = ["EXAMPLE"]
