// Several requests at once, their answers in the order of the URLs.
//
// In Python:  an AsyncSession of requests_async in "async with", a list of its get calls, and asyncio.gather over them.
// Run:        dotnet run samples/003-1-gather.cs [URL…]
// Prints:     the texts, one after another.

#:project ../src/RequestsAsync

using RequestsAsync;

string[] urls = args.Length > 0 ? args : ["https://example.com", "https://google.com", "https://github.com"];

await using var session = new Session();

foreach (var response in await session.GatherAsync(urls))
    Console.WriteLine(response.Text);
