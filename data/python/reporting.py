"""What every measurement prints: one JSON object with the Python, the machine, the date and the results.

Runs on Python 3.6 to 3.14 with nothing but the standard library. Host name and paths stay out of it.
"""

import datetime
import json
import os
import platform
import sys
import time


def report(script, results):
    is_gil_enabled = getattr(sys, "_is_gil_enabled", None)  # since 3.13; before, there was nothing to ask
    print(json.dumps({
        "script": script,
        "arguments": sys.argv[1:],
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "gil_enabled": is_gil_enabled() if is_gil_enabled else None,
        "machine": {"cpu": cpu_model(), "cores": cores(), "os": platform.system()},
        "load_average": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "date": datetime.date.today().isoformat(),
        "results": results,
    }))


def timed(work):
    """Seconds that one call of work takes."""
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 6)


def in_turns(works, rounds):
    """Seconds of each work in each round: one after the other, another one first each round, so that all meet the same seconds."""
    seconds = [[] for _ in works]
    for first in range(rounds):
        for turn in range(len(works)):
            i = (first + turn) % len(works)
            seconds[i].append(timed(works[i]))
    return seconds


def cores():
    """Cores that this process may use: fewer than the machine has, in a container or under taskset."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count()


def cpu_model():
    try:
        with open("/proc/cpuinfo") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass  # not Linux: the portable answer below is all there is
    return platform.processor() or platform.machine()
