// A form, sent.
//
// In Python:  requests.post with a dictionary as its data.
// Run:        dotnet run samples/002-2-post.cs [URL]
// Prints:     the status.

#:project ../src/RequestsAsync

using RequestsAsync;

string url = args.FirstOrDefault("https://www.example.com");

var response = Requests.Post(url, new() { Form = { ["key"] = "value" } });

Console.WriteLine(response.StatusCode);
