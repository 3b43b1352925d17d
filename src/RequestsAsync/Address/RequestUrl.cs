using System.Text;

namespace RequestsAsync;

/// <summary>Makes the URL that a request is sent to, from what its user typed.</summary>
internal static class RequestUrl
{
    /// <summary>Reads an absolute URL.</summary>
    /// <exception cref="InvalidRequestException">It is none, or none that a request can go to.</exception>
    public static Url Parse(string text)
    {
        UrlRules.CheckForRequest(text);
        Url url = Url.Parse(text);
        UrlRules.CheckForRequest(url);
        return url;
    }

    /// <summary>Reads a URL, relative to the base where there is one, and appends the parameters to its query.</summary>
    /// <exception cref="InvalidRequestException">It is none, or none that a request can go to.</exception>
    public static Url Make(Url? baseAddress, string text, Parameters? query)
    {
        UrlRules.CheckForRequest(text);
        Url url = baseAddress is null ? Url.Parse(text) : baseAddress.Join(text);
        UrlRules.CheckForRequest(url);
        return query is { Count: > 0 } ? WithQuery(url, query) : url;
    }

    /// <summary>The URL with its path ended by a slash.</summary>
    public static Url WithSlash(Url url) => url.Join(url.Path + "/");

    /// <summary>The parameters as they stand in a query or a form.</summary>
    public static string Encode(Parameters parameters)
    {
        StringBuilder text = new();
        Append(text, parameters);
        return text.ToString();
    }

    private static Url WithQuery(Url url, Parameters parameters)
    {
        StringBuilder query = new(url.Query);
        Append(query, parameters);
        return query.Length == 0 ? url : url.WithQuery(query.ToString());
    }

    private static void Append(StringBuilder text, Parameters parameters)
    {
        foreach ((string name, ParameterValue values) in parameters)
        {
            for (int i = 0; i < values.Count; i++)
            {
                if (text.Length > 0) text.Append('&');
                FormUrlEncoder.AppendPair(text, name, values[i]);
            }
        }
    }
}
