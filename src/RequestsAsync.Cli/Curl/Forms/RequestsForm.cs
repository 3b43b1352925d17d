using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary>A request as a command line of this program.</summary>
internal static class RequestsForm
{
    /// <exception cref="CommandException">It cannot be said so.</exception>
    public static string Of(DescribedRequest request)
    {
        List<string> words = ["requests"];
        AddSettings(words, request);
        List<string> items = [];
        bool hasBody = AddContent(words, items, request);
        if (request.Method != (hasBody ? "POST" : "GET")) words.Add(request.Method);
        words.Add(request.Url);
        AddHeaders(words, items, request);
        return ShellText.Join([.. words, .. items]) + "\n";
    }

    private static void AddHeaders(List<string> words, List<string> items, DescribedRequest request)
    {
        foreach (DescribedHeader header in ContentText.HeadersOf(request))
        {
            words.Add(header.Value switch
            {
                null => header.Name + ":",
                "" => header.Name + ";",
                ['@' or '=', ..] => throw new CommandException($"the header {header.Name} cannot be an item: its value begins as a separator does.", "--print csharp shows it."),
                var value => $"{Escape(header.Name)}:{value}",
            });
        }

        if (request.Cookies.Count > 0) words.Add("Cookie:" + string.Join("; ", request.Cookies.Select(static cookie => $"{cookie.Key}={cookie.Value}")));
        if (request.Content is null or DescribedContent.Multipart || words.Contains("--form")) return;

        // For what may be JSON this program has other defaults.
        words.Add(ContentText.TypeOf(request) is { } type ? "Content-Type:" + type : "Content-Type:");
        if (!request.Headers.Any(static header => header.Name.Equals("Accept", StringComparison.OrdinalIgnoreCase))) words.Add("Accept:*/*");
    }

    // Whether there is a body; then the method is POST unless it is named.
    private static bool AddContent(List<string> words, List<string> items, DescribedRequest request)
    {
        if (ContentText.FieldsOf(request) is { } fields)
        {
            words.Add("--form");
            items.AddRange(fields.Select(static field => $"{Escape(field.Key)}={field.Value}"));
            return true;
        }

        switch (request.Content)
        {
            case null:
                return false;
            case DescribedContent.Bytes bytes:
                words.AddRange(["--raw", ContentText.Of(bytes.Content.Span) ?? throw NoText()]);
                break;
            case DescribedContent.File file:
                items.Add("@" + file.Path);
                break;
            case DescribedContent.Multipart form:
                words.Add("--multipart");
                items.AddRange(form.Parts.Select(PartOf));
                break;
        }

        return true; // the input is read by itself
    }

    private static string PartOf(DescribedPart part)
    {
        if (part.Headers.Count > 0 || (part.Path is null && (part.FileName ?? part.ContentType) is not null))
            throw new CommandException($"the part '{TerminalText.Line(part.Name)}' cannot be an item: it has headers, or a type without a file.", "--print csharp shows it.");
        if (part.Path is null) return $"{Escape(part.Name)}={ContentText.Of(part.Content.Span) ?? throw NoText()}";

        string name = part.FileName == Path.GetFileName(part.Path) ? "" : ";filename=" + part.FileName;
        return $"{Escape(part.Name)}@{part.Path};type={part.ContentType}{name}";
    }

    private static CommandException NoText() =>
        new("content that is no text cannot stand on a command line.", "Put it into a file, and give curl --data-binary @FILE or -F NAME=@FILE.");

    private static void AddSettings(List<string> words, DescribedRequest request)
    {
        CurlOperation settings = request.Settings;
        if (settings.FollowsRedirects) words.Add("--follow");
        if (settings.FollowsRedirects && settings.MaxRedirects is { } redirects) Add(words, "--max-redirects", redirects.ToString(CultureInfo.InvariantCulture));
        if (settings.Insecure) Add(words, "--verify", "no");
        else if (settings.CaCertificate is { } authority) Add(words, "--verify", authority);
        AddCertificate(words, settings);
        if (settings.MinimumTls == System.Security.Authentication.SslProtocols.Tls13) Add(words, "--ssl", "tls1.3");
        foreach (string host in settings.Resolve) Add(words, "--resolve", host);
        if (settings.UnixSocket is { } socket) Add(words, "--unix-socket", socket);
        if (settings.Proxy is { Length: > 0 } proxy) Add(words, "--proxy", CurlProxy.UrlOf(proxy));
        if (settings.MaxTime is { } time) Add(words, "--timeout", time.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        if (settings.HttpVersion is { } version) Add(words, "--http-version", version.Major == 1 ? "1.1" : version.Major.ToString(CultureInfo.InvariantCulture));
        if (settings.Retries > 0) Add(words, "--retry", settings.Retries.ToString(CultureInfo.InvariantCulture));
        if (request.Output.Path is { } path) Add(words, "--output", path);
        AddAuth(words, request.Auth);
    }

    private static void AddCertificate(List<string> words, CurlOperation settings)
    {
        if (settings.Certificate is not { } certificate) return;

        (string path, string? password) = CurlSession.SplitCertificate(settings, certificate);
        Add(words, "--cert", path);
        if (settings.Key is { } key) Add(words, "--cert-key", key);
        if (password is not null) Add(words, "--cert-key-pass", password);
    }

    private static void AddAuth(List<string> words, DescribedAuth? auth)
    {
        if (auth is null || auth.Scheme == DescribedAuthScheme.Netrc) return;
        if (auth.Scheme is DescribedAuthScheme.Digest or DescribedAuthScheme.Any) Add(words, "-A", "digest");
        if (auth.Scheme == DescribedAuthScheme.Bearer) Add(words, "-A", "bearer");
        Add(words, "--auth", auth.Scheme == DescribedAuthScheme.Bearer ? auth.Secret : $"{auth.User}:{auth.Secret}");
    }

    private static void Add(List<string> words, string option, string value) => words.AddRange([option, value]);

    // A separator within a name.
    private static string Escape(string name) =>
        string.Concat(name.Select(static c => c is ':' or '=' or '@' or ';' or '\\' ? "\\" + c : c.ToString()));
}
