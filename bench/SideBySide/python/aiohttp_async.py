"""aiohttp: one ClientSession, a coroutine for each connection."""

import asyncio
import ssl

import aiohttp

import load

WARM_UP_REQUESTS = 2000
WARM_UP_AT_ONCE = 50


async def main():
    options = load.settings()
    tally = load.Tally(options.expect)
    context = ssl.create_default_context(cafile=options.ca) if options.ca else None
    connector = aiohttp.TCPConnector(limit=options.connections, ssl=context if context else True)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def send():
            async with session.get(options.url) as response:
                return len(await response.read() if options.shape == "bytes" else await response.text())

        if options.shape == "in-flight":
            await measure_in_flight(send, tally, options)
        else:
            await load.run_steady(send, tally, options.connections, options.warm_up)
            tally.clear()
            meter = load.Meter()
            await load.run_steady(send, tally, options.connections, options.seconds)
            meter.print(tally)


async def measure_in_flight(send, tally, options):
    async def one():
        try:
            length = await send()
            if length != options.expect:
                tally.fail(f"a body of {length} instead of {options.expect}")
        except Exception as error:
            tally.fail(repr(error))

    for _ in range(WARM_UP_REQUESTS // WARM_UP_AT_ONCE):
        await asyncio.gather(*(one() for _ in range(WARM_UP_AT_ONCE)))

    answers, orders = await asyncio.open_connection("127.0.0.1", options.control)

    async def ask(order):
        orders.write(f"{order}\n".encode())
        return int(await answers.readline())

    await ask("hold")
    meter = load.Meter()
    under_way = [asyncio.create_task(one()) for _ in range(options.connections)]
    while await ask("count") < options.connections:
        if tally.first_error:
            raise SystemExit(tally.first_error)
        await asyncio.sleep(0.02)
    growth = meter.growth()
    await ask("release")
    await asyncio.gather(*under_way)
    orders.close()
    meter.print(tally, requests=options.connections, growth=growth)


asyncio.run(main())
