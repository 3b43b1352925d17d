"""requests: a thread for each connection, and a session for each thread."""

import threading
import time

import requests

import load


def main():
    options = load.settings()
    tally = load.Tally(options.expect)
    sessions = [session(options) for _ in range(options.connections)]

    def work(session, end):
        began = time.perf_counter()
        while began < end:
            try:
                response = session.get(options.url)
                length = len(response.content if options.shape == "bytes" else response.text)
            except Exception as error:
                tally.fail(repr(error))
                length = options.expect  # counted once
            ended = time.perf_counter()
            tally.add(ended - began, length)
            began = ended

    def run(seconds):
        end = time.perf_counter() + seconds
        threads = [threading.Thread(target=work, args=(session, end)) for session in sessions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    run(options.warm_up)
    tally.clear()
    meter = load.Meter()
    run(options.seconds)
    meter.print(tally)


def session(options):
    made = requests.Session()
    made.trust_env = False
    if options.ca:
        made.verify = options.ca
    return made


main()
