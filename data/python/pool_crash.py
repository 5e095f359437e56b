"""Six jobs for a ProcessPoolExecutor of one worker, the third of which ends its process: what becomes of the others."""

import os
from concurrent.futures import ProcessPoolExecutor

from reporting import report


def job(number):
    if number == 3:
        os._exit(139)  # as a bug in a native library would
    return number


def accepts(executor):
    try:
        executor.submit(job, 1)
        return 1
    except Exception:  # BrokenProcessPool, whose place differs between versions
        return 0


if __name__ == "__main__":
    executor = ProcessPoolExecutor(max_workers=1)
    futures = []
    for number in range(1, 7):
        try:
            futures.append(executor.submit(job, number))
        except Exception:  # The pool is broken already.
            break
    report("pool_crash", {
        "jobs": 6,
        "succeeded": sum(future.exception() is None for future in futures),
        "accepts_afterwards": accepts(executor),
    })
