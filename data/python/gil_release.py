"""Which calls give up the interpreter lock while they run: each twice in sequence, then on two threads at once.

Two threads take half as long where the lock is released, and as long as the sequence where it is not. Waiting halves on
any machine; what computes (file, hash, compression) halves only where there are two cores.
"""

import hashlib
import os
import socket
import tempfile
import threading
import time
import zlib

from reporting import report, timed

MEGABYTE = 1 << 20
BLOCK = bytes(bytearray(range(256))) * (16 * MEGABYTE // 256)


def python_loop():
    total = 0
    for i in range(2000000):
        total += i * i


def sleep():
    time.sleep(0.2)


def wait_for_socket():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(0.2)
        try:
            ours.recv(1)
        except socket.timeout:
            pass  # nobody sends: waiting is all that is measured


def read_file(path):
    chunk = bytearray(MEGABYTE)  # reused: allocating a new one happens under the lock
    with open(path, "rb", buffering=0) as file:
        for _ in range(32):
            file.seek(0)
            while file.readinto(chunk):
                pass


def hash_bytes():
    sha256 = hashlib.sha256()
    for _ in range(4):
        sha256.update(BLOCK)
    sha256.digest()


def compress_bytes():
    zlib.compress(BLOCK)


def together(work):
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def compare(work):
    work()  # the first call loads, allocates and fills caches
    return {"sequence_seconds": timed(lambda: (work(), work())), "threads_seconds": timed(lambda: together(work))}


if __name__ == "__main__":
    handle, path = tempfile.mkstemp()
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(BLOCK)
        report("gil_release", {
            "python_loop": compare(python_loop),
            "sleep": compare(sleep),
            "wait_for_socket": compare(wait_for_socket),
            "read_file": compare(lambda: read_file(path)),
            "hash_bytes": compare(hash_bytes),
            # A Python built without OpenSSL has a fallback of its own, which long kept the lock.
            "hash_by_openssl": "openssl" in repr(hashlib.sha256),
            "compress_bytes": compare(compress_bytes),
        })
    finally:
        os.remove(path)
