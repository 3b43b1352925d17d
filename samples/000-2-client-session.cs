// A session and a response that are both closed where they go out of scope.
//
// In Python:  aiohttp, with one "async with" for the ClientSession and one for the response, whose text is awaited.
// Run:        dotnet run samples/000-2-client-session.cs [URL]      (api.example.com stands for an API of yours)
// Prints:     the text.

#:project ../src/RequestsAsync

using RequestsAsync;

string url = args.FirstOrDefault("https://api.example.com/data");

await using var session = new Session();
await using var response = await session.StreamAsync("GET", url); // the headers are here, the body is on its way
await response.ReadAsync();

Console.WriteLine(response.Text);
