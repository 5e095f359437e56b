"""ProcessPoolExecutor with four workers, by start method: what a call costs, many calls, a map, 10 MB, and the start.

Python 3.7 or later, which lets the start method be chosen.
"""

import argparse
import multiprocessing
import statistics
import time
from concurrent.futures import ProcessPoolExecutor

from reporting import report, timed


def negate(number):
    return -number


def length(data):
    return len(data)


def pool(method, workers):
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context(method))


def first_result(method, workers):
    start = time.perf_counter()
    executor = pool(method, workers)
    executor.submit(negate, 1).result()
    seconds = time.perf_counter() - start
    executor.shutdown()
    return seconds


def one_by_one(executor, calls):
    for number in range(calls):
        executor.submit(negate, number).result()


def all_at_once(executor, calls):
    for future in [executor.submit(negate, number) for number in range(calls)]:
        future.result()


def large(executor, data, calls):
    for _ in range(calls):
        executor.submit(length, data).result()


def best(times, work):
    return min(timed(work) for _ in range(times))


def measure(method, options):
    starts = [first_result(method, options.workers) for _ in range(options.times)]
    with pool(method, options.workers) as executor:
        all_at_once(executor, 200)  # every worker has started
        data = bytes(options.bytes)
        return {
            "first_result_seconds": round(statistics.median(starts), 6),
            "round_trip_seconds": best(options.times, lambda: one_by_one(executor, options.round_trips)) / options.round_trips,
            "calls_per_second": round(options.calls / best(options.times, lambda: all_at_once(executor, options.calls))),
            "map_items_per_second": round(options.items / best(options.times, lambda: sum(
                executor.map(negate, range(options.items), chunksize=options.chunk)))),
            "argument_bytes_per_second": round(10 * options.bytes / best(options.times, lambda: large(executor, data, 10))),
        }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--times", type=int, default=3, help="of which the best counts")
    parser.add_argument("--round-trips", type=int, default=1000)
    parser.add_argument("--calls", type=int, default=10000, help="submitted at once")
    parser.add_argument("--items", type=int, default=1000000, help="of the map")
    parser.add_argument("--chunk", type=int, default=256, help="items that travel together")
    parser.add_argument("--bytes", type=int, default=10000000, help="of the large argument")
    parser.add_argument("--methods", nargs="*", default=[
        method for method in ("fork", "spawn", "forkserver") if method in multiprocessing.get_all_start_methods()])
    options = parser.parse_args()
    methods = {method: measure(method, options) for method in options.methods}
    report("process_pool", dict(
        {"workers": options.workers, "chunk": options.chunk, "bytes": options.bytes,
         "best": {name: (max if name.endswith("_per_second") else min)(results[name] for results in methods.values())
                  for name in methods[options.methods[0]]}},
        **methods))
