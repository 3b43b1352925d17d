// The blocking call on a thread of its own: the loop is free, and the background goes on.
//
// In Python:  requests.get handed to asyncio.to_thread, beside the same background task; also the article's fragments
//             of that one line.
// Run:        dotnet run samples/001-4-to-thread.cs [URL]
// Prints:     one line of the background, "Starting request", more of the background while the request runs, then the
//             status and the length.

#:project ../src/RequestsAsync

using RequestsAsync;

string url = args.FirstOrDefault("https://python.org/");

EventLoop.Run(async () =>
{
    _ = EventLoop.CreateTask(BackgroundAsync);
    await EventLoop.SleepAsync(TimeSpan.Zero);

    Console.WriteLine("Starting request");
    var result = await EventLoop.ToThreadAsync(() => Requests.Get(url)); // holds another thread

    Console.WriteLine($"Status Code: {result.StatusCode}");
    Console.WriteLine($"Content Length: {result.Text.Length}");
});

static async Task BackgroundAsync()
{
    while (true)
    {
        Console.WriteLine("Running in the background...");
        await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(10));
    }
}
