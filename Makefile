# Two commands are enough: « make run » and « make test ». What they do is in tools/, in Python.
#   make run  PORT=8001 DATABASE_URL=postgres://…
#   make test ONLY="lint unit"        (the steps: make test ONLY=liste)

.PHONY: run test format docs screenshots bench lock

run test format docs screenshots bench lock:
	@python=$$(sh tools/find_python.sh) && exec "$$python" tools/$@.py
