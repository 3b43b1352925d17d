"""What the Python clients share: the command line, the measuring, the line of JSON. See LoadSettings.cs and Measurement.cs."""

import argparse
import array
import asyncio
import gc
import json
import math
import resource
import time


def settings():
    words = argparse.ArgumentParser()
    words.add_argument("--shape", default="text")
    words.add_argument("--url", required=True)
    words.add_argument("--connections", type=int, default=1)
    words.add_argument("--warm-up", type=float, default=1)
    words.add_argument("--seconds", type=float, default=3)
    words.add_argument("--expect", type=int, default=0)
    words.add_argument("--ca")
    words.add_argument("--control", type=int, default=0)
    return words.parse_args()


def memory(field):
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith(field):
                return int(line.split()[1]) * 1024
    return 0


class Tally:
    """What was sent, how long each took, and what failed."""

    def __init__(self, expect):
        self.expect = expect
        self.clear()

    def clear(self):
        self.times = array.array("d")
        self.errors = 0
        self.first_error = None

    def add(self, seconds, length):
        self.times.append(seconds)
        if length != self.expect:
            self.fail(f"a body of {length} instead of {self.expect}")

    def fail(self, error):
        self.errors += 1
        self.first_error = self.first_error or str(error)


class Meter:
    """Time, CPU time and memory of this process, from its making until it is read."""

    def __init__(self):
        gc.collect()
        try:
            with open("/proc/self/clear_refs", "w") as file:
                file.write("5")
        except OSError:
            pass  # the peak then counts from the start of the process
        self.resident = memory("VmRSS")
        self.usage = resource.getrusage(resource.RUSAGE_SELF)
        self.began = time.perf_counter()

    def growth(self):
        return memory("VmRSS") - self.resident

    def print(self, tally, requests=None, growth=None):
        seconds = time.perf_counter() - self.began
        usage = resource.getrusage(resource.RUSAGE_SELF)
        peak = memory("VmHWM")
        times = sorted(tally.times)
        measured = {
            "requests": len(times) if requests is None else requests,
            "errors": tally.errors,
            "first_error": tally.first_error,
            "seconds": seconds,
            "user_seconds": usage.ru_utime - self.usage.ru_utime,
            "system_seconds": usage.ru_stime - self.usage.ru_stime,
            "peak_bytes": peak,
            "growth_bytes": peak - self.resident if growth is None else growth,
        }
        if times:
            measured["p50_micros"] = percentile(times, 0.50) * 1e6
            measured["p99_micros"] = percentile(times, 0.99) * 1e6
        print(json.dumps(measured))


def percentile(ordered, part):
    return ordered[max(1, math.ceil(len(ordered) * part)) - 1]


async def run_steady(send, tally, workers, seconds):
    """Coroutines that ask one request after another until the time is over."""
    end = time.perf_counter() + seconds

    async def work():
        began = time.perf_counter()
        while began < end:
            try:
                length = await send()
            except Exception as error:
                tally.fail(repr(error))
                length = tally.expect  # counted once
            ended = time.perf_counter()
            tally.add(ended - began, length)
            began = ended

    await asyncio.gather(*(work() for _ in range(workers)))
