namespace RequestsAsync.Cli;

/// <summary>Turns what a curl command says into requests with curl's own rules: which method, which content, which fields.</summary>
internal sealed class CurlTranslator(CurlHost host)
{
    private const string FormType = "application/x-www-form-urlencoded";
    private const long LongContent = 1 << 20; // from here on curl asks before it sends (EXPECT_100_THRESHOLD)

    private readonly List<string> _notes = [];

    /// <summary>What is different from what curl does, for the user to know.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The requests of a command line's part, in order.</summary>
    /// <exception cref="CommandException">It makes no sense, or a file cannot be read.</exception>
    public IEnumerable<DescribedRequest> Translate(CurlOperation operation)
    {
        CheckContent(operation);
        List<DescribedHeader> given = [.. CurlHeaderLines.Read(operation.Headers, host)];
        if (given.Exists(static header => CurlFields.IsName(header.Name, "Host") && header.Value is null or ""))
            throw new CommandException("-H 'Host:' is not supported: every request names its host (RFC 9112 §3.2).", "");

        DescribedContent? content = ContentOf(operation, given);
        for (int i = 0; i < operation.Urls.Count; i++)
        {
            foreach (string? upload in Uploads(operation, i))
            {
                foreach ((string url, IReadOnlyList<string> matches) in Expand(operation, operation.Urls[i]))
                {
                    CurlOutput output = CurlOutputs.Choose(operation, i, url, matches);
                    DescribedContent? own = upload is null ? content : UploadOf(upload, given);
                    yield return Describe(operation, given, UrlOf(operation, url, upload), own, output);
                }
            }
        }
    }

    private static void CheckContent(CurlOperation operation)
    {
        int contents = (operation.Data.Count > 0 && !operation.SendsDataInUrl ? 1 : 0) + (operation.Form.Count > 0 ? 1 : 0) + (operation.Uploads.Count > 0 ? 1 : 0);
        if (contents > 1 || (contents == 1 && operation.Head))
            throw new CommandException("a request has one content: -d, -F, -T and -I exclude one another.", "With -G the data of -d goes into the URL.");
    }

    // The files of -T belong to the URLs in order, and a pattern stands for several of them.
    private static string?[] Uploads(CurlOperation operation, int index) =>
        index >= operation.Uploads.Count ? [null] : [.. Expand(operation, operation.Uploads[index]).Select(static glob => glob.Url)];

    private static IEnumerable<(string Url, IReadOnlyList<string> Matches)> Expand(CurlOperation operation, string url) =>
        operation.NoGlobbing ? [(url, [])] : CurlGlob.Expand(url);

    private string UrlOf(CurlOperation operation, string given, string? upload)
    {
        string url = CurlUrl.WithScheme(given, operation.DefaultScheme);
        if (operation.PathAsIs && UrlShorthand.HasDotSegments(url)) throw new CommandException("--path-as-is is not supported for this URL: '.' and '..' in a path are always resolved here (RFC 3986 §5.2.4).", "");

        if (upload is not null) url = CurlUrl.ForUpload(url, upload);
        if (operation.SendsDataInUrl && operation.Data.Count > 0) url = CurlUrl.WithQuery(url, System.Text.Encoding.UTF8.GetString(CurlDataText.Join(operation.Data, host)));
        string query = string.Join('&', operation.UrlQueries.Select(part => CurlDataText.Query(part, host)));
        return CurlUrl.WithQuery(url, query);
    }

    private DescribedRequest Describe(CurlOperation operation, List<DescribedHeader> given, string url, DescribedContent? content, CurlOutput output)
    {
        (IReadOnlyList<KeyValuePair<string, string>> cookies, string? cookieField) = CurlCookies.ByHand(operation, given);
        List<DescribedHeader> headers = [.. CurlFields.Make(operation, given, url, content, host, output)];
        if (cookieField is not null) headers.Add(new("Cookie", cookieField));
        if (operation.OffersUpgrade && url.StartsWith("http:", StringComparison.OrdinalIgnoreCase))
            Note("over plain HTTP no upgrade to HTTP/2 is offered (RFC 9113 has none any more); --http2-prior-knowledge speaks it at once.");

        NoteLimits(operation, given);
        string method = MethodOf(operation, content);
        if (method.Any(char.IsAsciiLetterLower)) Note($"the method '{method}' is sent in upper case.");
        return new()
        {
            Method = method,
            Url = url,
            Headers = headers,
            Cookies = cookies,
            Content = content,
            ExpectContinue = IsLong(content) && !given.Exists(static header => CurlFields.IsName(header.Name, "Expect")),
            Auth = CurlCredentials.Of(operation, given, url),
            Settings = operation,
            Output = output,
        };
    }

    private void NoteLimits(CurlOperation operation, List<DescribedHeader> given)
    {
        if (operation.Cookies.Count > 0 && given.Exists(static header => CurlFields.IsName(header.Name, "Host")))
            Note("cookies are those of the URL's host here, whatever -H 'Host: …' says.");
    }

    private static string MethodOf(CurlOperation operation, DescribedContent? content) => operation switch
    {
        { Method: { Length: > 0 } method } => method,
        { Head: true } => "HEAD",
        { Uploads.Count: > 0 } when content is not null => "PUT",
        _ => content is null ? "GET" : "POST",
    };

    private DescribedContent? ContentOf(CurlOperation operation, List<DescribedHeader> given)
    {
        if (operation.Form.Count > 0)
        {
            CheckFormType(given);
            return new DescribedContent.Multipart([.. operation.Form.Select(part => CurlForm.Read(part, host))]);
        }

        if (operation.Data.Count == 0 || operation.SendsDataInUrl) return null;

        string? type = TypeOf(given, operation.IsJson ? "application/json" : FormType);
        if (operation.Data is [{ Kind: CurlDataKind.Binary or CurlDataKind.Json, Value: ['@', .. { Length: > 0 } path] }] && path != "-")
        {
            host.CheckIsThere(path);
            return new DescribedContent.File(path, type);
        }

        return new DescribedContent.Bytes(CurlDataText.Join(operation.Data, host), type);
    }

    private DescribedContent UploadOf(string path, List<DescribedHeader> given)
    {
        string? type = TypeOf(given, usual: null);
        if (path is "-" or ".")
        {
            if (given.Exists(static header => CurlFields.IsName(header.Name, "Content-Length") && header.Value is not null))
                throw new CommandException("-H Content-Length with -T - is not supported: content of unknown length goes in chunks, which excludes a length (RFC 9112 §6.2).", "");
            return new DescribedContent.Input(type);
        }


        host.CheckIsThere(path);
        return new DescribedContent.File(path, type);
    }

    // What -H says about it wins, nothing at all too.
    private static string? TypeOf(List<DescribedHeader> given, string? usual)
    {
        int at = given.FindIndex(static header => CurlFields.IsName(header.Name, "Content-Type"));
        return at < 0 ? usual : null;
    }

    private static void CheckFormType(List<DescribedHeader> given)
    {
        DescribedHeader type = given.Find(static header => CurlFields.IsName(header.Name, "Content-Type"));
        if (type.Value is { Length: > 0 } value && !value.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            throw new CommandException($"-F with the Content-Type '{TerminalText.Line(value)}' is not supported: forms are multipart/form-data (RFC 7578).", "Leave that -H away.");
    }

    private bool IsLong(DescribedContent? content) => content switch
    {
        DescribedContent.Input => true,
        DescribedContent.Bytes bytes => bytes.Content.Length > LongContent,
        DescribedContent.File file => new FileInfo(host.PathOf(file.Path)).Length > LongContent,
        DescribedContent.Multipart form => form.Parts.Sum(part => part.Path is null ? part.Content.Length : new FileInfo(host.PathOf(part.Path)).Length) > LongContent,
        _ => false,
    };

    private void Note(string note)
    {
        if (!_notes.Contains(note)) _notes.Add(note);
    }
}
