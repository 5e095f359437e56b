"""Which calls give up the interpreter lock while they run: each twice in sequence, then on two threads at once.

Two threads take half as long where the lock is released, and as long as the sequence where it is not. Waiting halves on
any machine; what computes (file, hash, compression) halves only where there are two cores.
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

from reporting import quickest, report

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


def together(work):
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def compare(function, *arguments):
    work = functools.partial(function, *arguments)
    return {
        "sequence_seconds": quickest(lambda: (work(), work()), 3),
        "threads_seconds": quickest(lambda: together(work), 3),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=0.1, help="of each wait")
    parser.add_argument("--share", type=float, default=1, help="of the usual amount of computing")
    options = parser.parse_args()
    block = bytes(bytearray(range(256))) * int(options.share * 16 * MEGABYTE // 256)
    handle, path = tempfile.mkstemp()
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(block)
        report("gil_release", {
            "python_loop": compare(python_loop, int(options.share * 2000000)),
            "sleep": compare(time.sleep, options.seconds),
            "wait_for_socket": compare(wait_for_socket, options.seconds),
            "read_file": compare(read_file, path, 32),
            "hash_bytes": compare(hash_bytes, block, 4),
            # A Python built without OpenSSL has a fallback of its own, which long kept the lock.
            "hash_by_openssl": "openssl" in repr(hashlib.sha256),
            "compress_bytes": compare(zlib.compress, block),
        })
    finally:
        os.remove(path)
