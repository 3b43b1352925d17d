// A blocking call, moved to another thread and awaited.
//
// In Python:  a coroutine that hands requests.get to asyncio.to_thread. Task.Run is that word in .NET.
// Run:        dotnet run samples/000-1-to-thread.cs [URL]      (api.example.com stands for an API of yours)
// Prints:     the status and the text.

#:project ../src/RequestsAsync

using RequestsAsync;

string url = args.FirstOrDefault("https://api.example.com/data");

var response = await Task.Run(() => Requests.Get(url));

Console.WriteLine(response.StatusCode);
Console.WriteLine(response.Text);
