// The same verb as the blocking one, awaited: no thread is held while the answer is on its way.
//
// In Python:  requests_async, which takes the name of requests and makes its get awaitable.
// Run:        dotnet run samples/000-3-await-get.cs [URL]      (api.example.com stands for an API of yours)
// Prints:     the status and the text.

#:project ../src/RequestsAsync

using RequestsAsync;

string url = args.FirstOrDefault("https://api.example.com/data");

var response = await Requests.GetAsync(url);

Console.WriteLine(response.StatusCode);
Console.WriteLine(response.Text);
