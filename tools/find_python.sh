#!/bin/sh
# Prints a Python that can run Maillage (3.11 to 3.13, with venv), or says what to install.
without_venv=""
for candidate in python3 python3.13 python3.12 python3.11 python; do
  command -v "$candidate" >/dev/null 2>&1 || continue
  "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1 || continue
  if "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    echo "$candidate"
    exit 0
  fi
  without_venv=$("$candidate" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
done

if [ -n "$without_venv" ]; then
  echo "Python est là ($without_venv), mais pas son module venv. Sous Debian ou Ubuntu : sudo apt install $without_venv-venv" >&2
  echo "Python is here ($without_venv) but its venv module is missing. On Debian or Ubuntu: sudo apt install $without_venv-venv" >&2
else
  found=$(python3 --version 2>/dev/null || echo "aucun / none")
  echo "Maillage a besoin de Python 3.11, 3.12 ou 3.13 ; trouvé : $found." >&2
  echo "Maillage needs Python 3.11, 3.12 or 3.13; found: $found." >&2
fi
exit 1
