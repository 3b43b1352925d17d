// A background task makes the harm visible: while the blocking call holds the loop, it stands still.
//
// In Python:  asyncio.create_task with a coroutine that prints every 10 milliseconds, a sleep of zero that lets it
//             begin, then requests.get; also the article's fragments of these three steps.
// Run:        dotnet run samples/001-3-blocked-background.cs [URL]
// Prints:     one line of the background, "Starting request", then nothing until the status and the length.

#:project ../src/RequestsAsync

using RequestsAsync;

string url = args.FirstOrDefault("https://python.org/");

EventLoop.Run(async () =>
{
    _ = EventLoop.CreateTask(BackgroundAsync);
    await EventLoop.SleepAsync(TimeSpan.Zero);

    Console.WriteLine("Starting request");
#pragma warning disable RQA001, RQA007 // what the analyzers find when it compiles is the lesson of this file
    var result = Requests.Get(url); // holds the loop's only thread
#pragma warning restore RQA001, RQA007

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
