// The request awaited as a task of its own: it begins beside the background, and whoever needs the answer awaits the task.
//
// In Python:  asyncio.create_task with the coroutine of such a library, awaited later.
// Run:        dotnet run samples/001-6-task.cs [URL]
// Prints:     the same lines as 001-4.

#:project ../src/RequestsAsync

using RequestsAsync;

string url = args.FirstOrDefault("https://python.org/");

EventLoop.Run(async () =>
{
    _ = EventLoop.CreateTask(BackgroundAsync);
    await EventLoop.SleepAsync(TimeSpan.Zero);

    Console.WriteLine("Starting request");
    var request = EventLoop.CreateTask(ct => Requests.GetAsync(url, null, ct)); // would be cancelled with the task
    var result = await request;

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
