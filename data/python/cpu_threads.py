"""The same computations in sequence, on threads and in processes: what the interpreter lock makes of them."""

import argparse
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from reporting import cores, in_turns, report


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
    parser.add_argument("--n", type=int, default=500000, help="terms in each sum")
    parser.add_argument("--workers", type=int, default=4, help="sums, and threads or processes that compute them")
    parser.add_argument("--rounds", type=int, default=7, help="in each of them everything runs once")
    options = parser.parse_args()
    n, workers, rounds = options.n, options.workers, options.rounds
    with ProcessPoolExecutor(max_workers=cores()) as started:
        list(started.map(sum_of_squares, [1] * 10 * cores()))  # the loops below must not wait for processes that start
        sequence, threads, processes, one_loop, all_loops = in_turns(
            [
                lambda: [sum_of_squares(n) for _ in range(workers)],
                lambda: on(ThreadPoolExecutor, workers, n),
                lambda: on(ProcessPoolExecutor, workers, n),
                lambda: list(started.map(sum_of_squares, [n])),
                lambda: list(started.map(sum_of_squares, [n] * cores())),
            ],
            rounds,
        )
    report("cpu_threads", {
        "n": n,
        "workers": workers,
        "sequence_seconds": sequence,
        "threads_seconds": threads,
        "processes_seconds": processes,
        "cores": cores(),
        "one_loop_seconds": one_loop,  # the same sum alone and on every core at once: were the cores there?
        "all_loops_seconds": all_loops,
    })
