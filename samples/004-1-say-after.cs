// Two tasks wait at the same time: together they take two seconds, not three.
//
// In Python:  a coroutine that sleeps and prints, twice in asyncio.create_task, each task awaited, all in asyncio.run.
// Run:        dotnet run samples/004-1-say-after.cs
// Prints:     when it started, "Hello" after one second, "World" after two, when it finished.

#:project ../src/RequestsAsync

using RequestsAsync;

EventLoop.Run(async () =>
{
    Console.WriteLine($"Started at {DateTime.Now:HH:mm:ss}");

    var hello = EventLoop.CreateTask(() => SayAfterAsync(1, "Hello"));
    var world = EventLoop.CreateTask(() => SayAfterAsync(2, "World"));
    await hello;
    await world;

    Console.WriteLine($"Finished at {DateTime.Now:HH:mm:ss}");
});

static async Task SayAfterAsync(int seconds, string message)
{
    await EventLoop.SleepAsync(TimeSpan.FromSeconds(seconds));
    Console.WriteLine(message);
}
