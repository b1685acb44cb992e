"""``python -m maillage``."""

from maillage.cli.main import main

main()
