"""Threads that increment one shared counter: how many increments survive, in three ways of writing it.

The plain statement reads, adds and writes. CPython before 3.10 could take the lock away between any two of these steps.
Since 3.10 it asks when a loop jumps back, when a Python function is entered, and after most calls of others; none of these falls
inside the statement. The second way calls int between reading and writing, so there the lock can still be taken away in between.
"""

import argparse
import sys
import threading

from reporting import report, timed

counter = 0
lock = threading.Lock()


def plain(times):
    global counter
    for _ in range(times):
        counter += 1


def with_a_call(times):
    global counter
    for _ in range(times):
        counter = counter + int(1)


def locked(times):
    global counter
    for _ in range(times):
        with lock:
            counter += 1


def race(increment, threads, times):
    """Runs increment on all threads, started together; returns what was counted and the seconds from start to end."""
    global counter
    counter = 0
    together = threading.Barrier(threads + 1)

    def run():
        together.wait()
        increment(times)

    started = [threading.Thread(target=run) for _ in range(threads)]
    for thread in started:
        thread.start()
    together.wait()

    def join():
        for thread in started:
            thread.join()

    seconds = timed(join)
    return counter, seconds


def rounds_of(increment, statement, options, rounds, share=1):
    times = options.increments // share
    counted, seconds = zip(*[race(increment, options.threads, times) for _ in range(rounds)])
    return {"statement": statement, "expected": options.threads * times, "counted": counted, "seconds": seconds}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--increments", type=int, default=1000000, help="per thread")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    report("counter_race", {
        "threads": options.threads,
        "increments_per_thread": options.increments,
        "expected": options.threads * options.increments,
        "switch_interval_seconds": sys.getswitchinterval(),
        "plain": rounds_of(plain, "counter += 1", options, options.rounds),
        "with_a_call": rounds_of(with_a_call, "counter = counter + int(1)", options, options.rounds),
        # Once, and a tenth of it: it never loses, and it takes ten times as long as the others.
        "locked": rounds_of(locked, "with lock: counter += 1", options, 1, share=10),
    })
