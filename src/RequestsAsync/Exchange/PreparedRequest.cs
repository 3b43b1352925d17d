namespace RequestsAsync;

/// <summary>A request in which everything is decided and nothing was sent.</summary>
internal sealed record PreparedRequest
{
    /// <summary>The settings by which it was decided, and by which its answer is read.</summary>
    public required SessionSettings Settings { get; init; }

    public required HttpMethod Method { get; init; }

    public required Url Url { get; init; }

    /// <summary>Every field but <c>Cookie</c>, which is made anew for each hop unless it was given by hand.</summary>
    public required Headers Headers { get; init; }

    public Body? Body { get; init; }

    /// <summary>Whether the content waits until the server asks for it.</summary>
    public bool ExpectContinue { get; init; }

    /// <summary>Who is told how much of the content is sent.</summary>
    public IProgress<TransferProgress>? UploadProgress { get; init; }

    /// <summary>Cookies given with the request, beside the jar's.</summary>
    public Dictionary<string, string>? Cookies { get; init; }

    /// <summary>Who sends it.</summary>
    public Auth? Auth { get; init; }

    /// <summary>The proxy that the request itself names.</summary>
    public Proxy? Proxy { get; init; }

    /// <summary>The version of HTTP that is spoken; <see langword="null"/> to find it out.</summary>
    public Version? HttpVersion { get; init; }

    /// <summary>How large a body may be that is read into memory.</summary>
    public required long MaxResponseBytes { get; init; }

    /// <summary>The encoding of a text that does not say its own.</summary>
    public System.Text.Encoding? DefaultEncoding { get; init; }

    /// <summary>The same with what the options say of it.</summary>
    /// <exception cref="InvalidRequestException">They would decide again what is decided.</exception>
    public PreparedRequest With(RequestOptions options)
    {
        if (options.QueryOrNull is { Count: > 0 } || options.FormOrNull is { Count: > 0 } || options.FilesOrNull is { Count: > 0 } || options.Json is not null
            || options.HasJson || options.Multipart || options.Compress != ContentCoding.None)
        {
            throw new InvalidRequestException($"{this} is what a redirect asks for: its URL and its content are decided. Headers, cookies, credentials and raw content can be changed.");
        }

        return this with
        {
            Headers = options.HeadersOrNull is { } headers ? Headers.Merge(Headers, headers) : Headers,
            Body = options.Content ?? Body,
            Cookies = options.CookiesOrNull ?? Cookies,
            Auth = options.Auth ?? Auth,
            ExpectContinue = options.ExpectContinue || ExpectContinue,
            UploadProgress = options.UploadProgress ?? UploadProgress,
            Proxy = options.Proxy ?? Proxy,
            HttpVersion = options.HttpVersion ?? HttpVersion,
            MaxResponseBytes = options.MaxResponseBytes ?? MaxResponseBytes,
            DefaultEncoding = options.DefaultEncoding ?? DefaultEncoding,
        };
    }

    public override string ToString() => $"{Method} {Url}";
}
