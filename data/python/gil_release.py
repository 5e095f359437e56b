"""Which calls give up the interpreter lock while they run: each twice in sequence, then on two threads at once.

Two threads take half as long where the lock is released, and as long as the sequence where it is not. Waiting halves on
any machine; what computes (file, hash, compression) halves only where there are two cores. Last the convoy: a thread that
gives up the lock for a short wait must ask for it again, and waits a whole switch interval for it beside one that computes.
"""

import argparse
import functools
import hashlib
import os
import socket
import tempfile
import threading
import time
import zlib
from concurrent.futures import ProcessPoolExecutor

from reporting import cores, in_turns, report

MEGABYTE = 1 << 20


def python_loop(times):
    total = 0
    for i in range(times):
        total += i * i


def wait_for_socket(seconds):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(seconds)
        try:
            ours.recv(1)
        except socket.timeout:
            pass  # nobody sends: waiting is all that is measured


def read_file(path, times):
    chunk = bytearray(MEGABYTE)  # reused: allocating a new one happens under the lock
    with open(path, "rb", buffering=0) as file:
        for _ in range(times):
            file.seek(0)
            while file.readinto(chunk):
                pass


def hash_bytes(block, times):
    sha256 = hashlib.sha256()
    for _ in range(times):
        sha256.update(block)
    sha256.digest()


def twice(work):
    work()
    work()


def together(work):
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def short_waits(waits):
    for _ in range(waits):
        time.sleep(0.001)


def short_waits_beside_computing(waits):
    is_over = threading.Event()

    def compute():
        while not is_over.is_set():
            python_loop(1000)

    thread = threading.Thread(target=compute)
    thread.start()
    short_waits(waits)
    is_over.set()
    thread.join()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=0.02, help="of each wait")
    parser.add_argument("--share", type=float, default=0.5, help="of a loop of 500,000 turns and of 8 MB to hash, compress and read")
    parser.add_argument("--waits", type=int, default=20, help="of 1 ms, alone and beside a thread that computes")
    parser.add_argument("--rounds", type=int, default=7, help="in each of them everything runs once")
    options = parser.parse_args()
    block = bytes(bytearray(range(256))) * int(options.share * 8 * MEGABYTE // 256)
    loop = int(options.share * 500000)
    handle, path = tempfile.mkstemp()
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(block)
        works = {
            "python_loop": functools.partial(python_loop, loop),
            "sleep": functools.partial(time.sleep, options.seconds),
            "wait_for_socket": functools.partial(wait_for_socket, options.seconds),
            "read_file": functools.partial(read_file, path, 32),
            "hash_bytes": functools.partial(hash_bytes, block, 4),
            "compress_bytes": functools.partial(zlib.compress, block),
        }
        ways = [functools.partial(way, work) for work in works.values() for way in (twice, together)]
        with ProcessPoolExecutor(max_workers=cores()) as started:
            list(started.map(python_loop, [1] * 10 * cores()))  # the loops below must not wait for processes that start
            seconds = in_turns(ways + [
                lambda: short_waits(options.waits),
                lambda: short_waits_beside_computing(options.waits),
                lambda: list(started.map(python_loop, [loop])),
                lambda: list(started.map(python_loop, [loop] * cores())),
            ], options.rounds)
        alone, beside, one_loop, all_loops = seconds[-4:]
        results = {name: {"sequence_seconds": seconds[2 * i], "threads_seconds": seconds[2 * i + 1]} for i, name in enumerate(works)}
        results.update({
            # A Python built without OpenSSL has a fallback of its own, which long kept the lock.
            "hash_by_openssl": "openssl" in repr(hashlib.sha256),
            "convoy": {"waits": options.waits, "alone_seconds": alone, "beside_computing_seconds": beside},
            "cores": cores(),
            "one_loop_seconds": one_loop,  # the same loop alone and on every core at once: were the cores there?
            "all_loops_seconds": all_loops,
        })
        report("gil_release", results)
    finally:
        os.remove(path)
