// The request awaited: the loop is free, and no other thread is held either.
//
// In Python:  what the article recommends at its end and shows no code for, an HTTP library that is itself asynchronous.
// Run:        dotnet run samples/001-5-await-get.cs [URL]
// Prints:     the same lines as 001-4.

#:project ../src/RequestsAsync

using RequestsAsync;

string url = args.FirstOrDefault("https://python.org/");

EventLoop.Run(async () =>
{
    _ = EventLoop.CreateTask(BackgroundAsync);
    await EventLoop.SleepAsync(TimeSpan.Zero);

    Console.WriteLine("Starting request");
    var result = await Requests.GetAsync(url); // holds no thread

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
