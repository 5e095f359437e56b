"""Runs notebooks in Jupyter, says how long each takes, and fails when a cell does. The files stay as they are."""

import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

SECONDS_FOR_A_CELL = 600


def complaints(path):
    """Yields a line for each cell that failed."""
    notebook = nbformat.read(path, as_version=4)
    # All errors are wanted, not the first one only.
    client = NotebookClient(
        notebook, timeout=SECONDS_FOR_A_CELL, allow_errors=True, resources={"metadata": {"path": str(path.parent)}}
    )
    try:
        client.execute()
    except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
        yield f"{type(error).__name__}: {error}"
        return
    nbformat.validate(notebook)
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
        if errors and "raises-exception" not in tags:
            yield f"cell '{cell.id}': {errors[0].ename} {errors[0].evalue} {' '.join(errors[0].traceback)[:2000]}"
        if not errors and "raises-exception" in tags:
            yield f"cell '{cell.id}' should fail"


def main(paths):
    failed = 0
    for path in map(Path, paths):
        start = time.monotonic()
        found = list(complaints(path))
        print(f"{time.monotonic() - start:6.1f} s  {path.stem}  {'failed' if found else 'ok'}", flush=True)
        for complaint in found:
            print(f"          {complaint}", flush=True)
        failed += bool(found)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
