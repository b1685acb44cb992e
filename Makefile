# Two commands are enough: « make run » and « make test ». What they do is in tools/, in Python.
#   make run  PORT=8001 DATABASE_URL=postgres://…
#   make test ONLY="lint unit"        (the steps: make test ONLY=liste)

BIN = .venv/bin
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links

.PHONY: run test format docs screenshots bench lock

run test:
	@python=$$(sh tools/find_python.sh) && exec "$$python" tools/$@.py

format:
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	-$(BIN)/djlint src/maillage/web/templates --reformat --quiet

docs:
	$(BIN)/maillage openapi > docs/reference/openapi.json
	$(BIN)/python -m tools.generate_docs

screenshots:
	$(BIN)/python tools/screenshots.py

bench:
	$(BIN)/pytest tests/bench -s -o addopts="--import-mode=importlib --strict-markers"

lock:
	$(COMPILE) pyproject.toml requirements/build.in --output-file requirements/run.txt
	$(COMPILE) pyproject.toml requirements/build.in --group dev --constraint requirements/run.txt --output-file requirements/dev.txt
	npm install --package-lock-only
