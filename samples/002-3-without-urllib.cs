// Parameters, headers, cookies and errors, each in one line that says what is meant.
//
// In Python:  history. With urllib alone one writes a call to quote the parameters, a request object to carry the
//             headers, an opener with a cookie processor, a decoding of the bytes by a charset looked up in the
//             headers, and two kinds of exceptions to catch.
// Run:        dotnet run samples/002-3-without-urllib.cs [URL]
// Prints:     the URL that was asked, parameters included, and the text; or what went wrong, in one line.

#:project ../src/RequestsAsync

using RequestsAsync;

string url = args.FirstOrDefault("https://www.example.com");

try
{
    var response = Requests.Get(url, new()
    {
        Query = { ["q"] = "crème brûlée", ["page"] = "2" },
        Headers = { ["Accept-Language"] = "fr" },
        Cookies = { ["theme"] = "dark" },
    });

    Console.WriteLine(response.EnsureSuccess().Url);
    Console.WriteLine(response.Text);
}
catch (RequestException e)
{
    Console.WriteLine(e.Message);
}
