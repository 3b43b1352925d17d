// One request in a plain program: nothing else is to be done meanwhile, so blocking is fine.
//
// In Python:  requests.get and two prints.
// Run:        dotnet run samples/001-1-plain-get.cs [URL]
// Prints:     the status and the length of the text.

#:project ../src/RequestsAsync

using RequestsAsync;

string url = args.FirstOrDefault("https://python.org/");

var result = Requests.Get(url);

Console.WriteLine($"Status Code: {result.StatusCode}");
Console.WriteLine($"Content Length: {result.Text.Length}");
