"""What every simulator but that of the ACI of the MSP shares: its form, its lines, its answer.

A simulator is three things: a flat situation (``core/rules/<code>/situation.py``, pydantic, no OpenFisca), variables
that carry a :class:`maillage.core.rules.simulation.spec.LineSpec` (``core/rules/variables/<code>_*.py``), and
parameters. This package runs the variables on a situation and puts each of them into words.
"""
