"""httpx: one AsyncClient, a coroutine for each connection."""

import asyncio

import httpx

import load


async def main():
    options = load.settings()
    tally = load.Tally(options.expect)
    limits = httpx.Limits(max_connections=options.connections, max_keepalive_connections=options.connections)
    verify = options.ca if options.ca else True
    async with httpx.AsyncClient(limits=limits, verify=verify, trust_env=False, timeout=100) as client:

        async def send():
            response = await client.get(options.url)
            return len(response.content if options.shape == "bytes" else response.text)

        await load.run_steady(send, tally, options.connections, options.warm_up)
        tally.clear()
        meter = load.Meter()
        await load.run_steady(send, tally, options.connections, options.seconds)
        meter.print(tally)


asyncio.run(main())
