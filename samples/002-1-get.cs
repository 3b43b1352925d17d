// A page in one line.
//
// In Python:  requests.get, then the status and a slice of the text.
// Run:        dotnet run samples/002-1-get.cs [URL]
// Prints:     the status and the first 200 characters.

#:project ../src/RequestsAsync

using RequestsAsync;

string url = args.FirstOrDefault("https://www.example.com");

var response = Requests.Get(url);

Console.WriteLine(response.StatusCode);
Console.WriteLine(string.Concat(response.Text.Take(200)));
