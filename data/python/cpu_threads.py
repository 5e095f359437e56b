"""The same computations in sequence, on threads and in processes: what the interpreter lock makes of them."""

import argparse
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from reporting import report, timed


def sum_of_squares(n):
    total = 0
    for i in range(n):
        total += i * i
    return total


def on(executor_type, workers, n):
    """Includes starting and ending the workers, as a program that uses them once would pay for it."""
    with executor_type(max_workers=workers) as executor:
        list(executor.map(sum_of_squares, [n] * workers))


if __name__ == "__main__":  # a process that is spawned imports this file and must not start measuring itself
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=2500000, help="terms in each sum")
    parser.add_argument("--workers", type=int, default=4, help="sums, and threads or processes that compute them")
    options = parser.parse_args()
    report("cpu_threads", {
        "n": options.n,
        "workers": options.workers,
        "sequence_seconds": timed(lambda: [sum_of_squares(options.n) for _ in range(options.workers)]),
        "threads_seconds": timed(lambda: on(ThreadPoolExecutor, options.workers, options.n)),
        "processes_seconds": timed(lambda: on(ProcessPoolExecutor, options.workers, options.n)),
    })
