"""Waits of 0.1 s: one after the other, on as many threads as there are waits, and as coroutines in one thread."""

import argparse
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

from reporting import in_turns, report, timed


def on_threads(waits, seconds):
    with ThreadPoolExecutor(max_workers=waits) as executor:
        list(executor.map(time.sleep, [seconds] * waits))


def as_coroutines(waits, seconds):
    async def gather():
        await asyncio.gather(*[asyncio.sleep(seconds) for _ in range(waits)])

    loop = asyncio.new_event_loop()  # asyncio.run came with 3.7
    try:
        loop.run_until_complete(gather())
    finally:
        loop.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--waits", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=0.1, help="of each wait")
    parser.add_argument("--many", type=int, default=0, help="also so many waits at once in one event loop, such as 10000")
    parser.add_argument("--sequence", action="store_true", help="also one after the other (10 s by default)")
    parser.add_argument("--rounds", type=int, default=7, help="in each of them everything runs once, but for the sequence")
    options = parser.parse_args()
    works = [
        lambda: time.sleep(options.seconds),
        lambda: on_threads(options.waits, options.seconds),
        lambda: as_coroutines(options.waits, options.seconds),
    ]
    if options.many:
        works.append(lambda: as_coroutines(options.many, options.seconds))
    one, threads, coroutines, *many = in_turns(works, options.rounds)
    report("io_waits", {
        "waits": options.waits,
        "wait_seconds": options.seconds,
        "sequence_seconds": timed(lambda: [time.sleep(options.seconds) for _ in range(options.waits)])
        if options.sequence else None,
        "one_seconds": one,
        "threads_seconds": threads,
        "asyncio_seconds": coroutines,
        "many": options.many,
        "many_asyncio_seconds": many[0] if many else None,
    })
