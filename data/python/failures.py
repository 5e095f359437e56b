"""What becomes of an exception in a thread, in one of several tasks, and in a task that nobody asks; and who stops when waiting is given up."""

import argparse
import asyncio
import gc
import subprocess
import sys

from reporting import report

FAILS_IN_A_THREAD = """
import threading
def fail():
    raise ValueError("bad luck")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
print("the program continues")
"""


def thread():
    process = subprocess.Popen(
        [sys.executable, "-c", FAILS_IN_A_THREAD], stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    output, errors = process.communicate()
    return {"exit_code": process.returncode, "continues": int("continues" in output), "tracebacks": errors.count("Traceback")}


async def fail(seconds, why):
    await asyncio.sleep(seconds)
    raise ValueError(why)


async def gather(seconds):
    """The first in the list fails late, the second early; the third takes longest."""
    tasks = [asyncio.ensure_future(each) for each in
             (fail(3 * seconds, "late"), fail(seconds, "early"), asyncio.sleep(6 * seconds))]
    try:
        await asyncio.gather(*tasks)
    except ValueError as error:
        result = {"raised_early": int("early" in str(error)), "still_running": sum(not task.done() for task in tasks)}
    await asyncio.wait(tasks)
    tasks[0].exception()  # asked for, so that nothing is reported about it
    return result


async def unasked(seconds):
    reports = []
    asyncio.get_event_loop().set_exception_handler(lambda loop, context: reports.append(context["message"]))
    asyncio.ensure_future(fail(0, "nobody asks"))
    await asyncio.sleep(seconds)
    gc.collect()
    return {"reports": len(reports)}


async def give_up(seconds):
    steps = []

    async def job():
        while True:
            await asyncio.sleep(seconds / 5)
            steps.append(1)

    task = asyncio.ensure_future(job())
    try:
        await asyncio.wait_for(task, seconds)
    except asyncio.TimeoutError:
        before = len(steps)
    await asyncio.sleep(seconds)
    return {"steps_afterwards": len(steps) - before, "cancelled": int(task.cancelled())}


def run(coroutine):
    loop = asyncio.new_event_loop()  # asyncio.run came with 3.7
    try:
        asyncio.set_event_loop(loop)
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=0.05, help="of the shortest wait")
    options = parser.parse_args()
    report("failures", {
        "thread": thread(),
        "gather": run(gather(options.seconds)),
        "unasked": run(unasked(options.seconds)),
        "wait_for": run(give_up(options.seconds)),
    })
