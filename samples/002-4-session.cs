// A session keeps its connections and its cookies, until the end of its scope.
//
// In Python:  a requests.Session in a "with" block.
// Run:        dotnet run samples/002-4-session.cs [URL]
// Prints:     how many cookies the server gave (the article prints nothing).

#:project ../src/RequestsAsync

using RequestsAsync;

string url = args.FirstOrDefault("https://www.example.com");

using var session = new Session();
session.Get(url); // cookies that it sets go back to the server with the next request

Console.WriteLine($"Cookies: {session.Cookies.Count}");
