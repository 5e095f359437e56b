"""Records the measurements of this folder with the Pythons named on the command line:

    python3 data/python/record.py ~/.pyenv/versions/3.*/bin/python

Each script's results go to data/recorded/<script>.json, one entry per version and arguments; a version measured again
replaces its entry, the others stay. Record on a machine that does nothing else: every entry notes the load it met.
"""

import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
MEASUREMENTS = [
    ("counter_race", []),
    ("cpu_threads", []),
    ("cpu_threads", ["--n", "1000000"]),
    ("failures", []),
    ("gil_release", []),
    ("io_waits", []),
    ("pool_crash", []),
    ("process_pool", []),
]


def measure(python, script, arguments):
    command = [python, "-B", os.path.join(HERE, script + ".py")] + arguments
    return json.loads(subprocess.check_output(command).decode("utf-8"))


def version(python):
    return tuple(json.loads(subprocess.check_output([python, "-c", "import sys; print(list(sys.version_info[:2]))"]).decode("utf-8")))


def key(entry):
    return [int(part) for part in entry["python"].split(".")[:2]], entry["gil_enabled"] is False, entry["arguments"]


def record(entry):
    path = os.path.join(HERE, os.pardir, "recorded", entry["script"] + ".json")
    entries = []
    if os.path.exists(path):
        with open(path) as file:
            entries = json.load(file)
    entries = sorted([other for other in entries if key(other) != key(entry)] + [entry], key=key)
    with open(path, "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(each) for each in entries) + "\n]\n")


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit(__doc__)
    for python in sys.argv[1:]:
        for script, arguments in MEASUREMENTS:
            if (script, version(python)) == ("process_pool", (3, 6)):
                continue  # it lets nobody choose how processes start
            entry = measure(python, script, arguments)
            record(entry)
            print(entry["python"], script, " ".join(arguments), "load", entry["load_average"], flush=True)
