// The same request on an event loop. It works, and it looks harmless: 001-3 shows what it does to everybody else.
//
// In Python:  requests.get in the main coroutine of asyncio.run; also the article's first fragment, the call alone.
// Run:        dotnet run samples/001-2-blocking-get-in-loop.cs [URL]
// Prints:     the status and the length of the text.

#:project ../src/RequestsAsync

using RequestsAsync;

string url = args.FirstOrDefault("https://python.org/");

EventLoop.Run(async () =>
{
#pragma warning disable RQA001, RQA007 // what the analyzers find when it compiles is the lesson of this file
    var result = Requests.Get(url); // holds the loop's only thread
#pragma warning restore RQA001, RQA007

    Console.WriteLine($"Status Code: {result.StatusCode}");
    Console.WriteLine($"Content Length: {result.Text.Length}");
});
