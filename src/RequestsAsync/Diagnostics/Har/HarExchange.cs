namespace RequestsAsync;

/// <summary>An entry of an archive: a request and what became of it.</summary>
/// <param name="Started">When it was started.</param>
/// <param name="Times">How long it took.</param>
/// <param name="Request">What was sent.</param>
/// <param name="Response">What came.</param>
internal sealed record HarExchange(DateTimeOffset Started, HarTimes Times, HarRequest Request, HarResponse Response)
{
    /// <summary>The address of the server, where it is known.</summary>
    public string? ServerAddress { get; init; }

    /// <summary>The entry of a log.</summary>
    /// <param name="entry">What the log kept.</param>
    /// <param name="maxBodyBytes">How much of a body is wanted.</param>
    public static HarExchange Of(HarEntry entry, int maxBodyBytes) => entry switch
    {
        HarEntry.Answered { Response: var response } => new(entry.Started, HarTimes.Of(response.Timings), HarRequest.Of(response, maxBodyBytes), Of(response, maxBodyBytes))
        {
            ServerAddress = (response.RemoteEndPoint as System.Net.IPEndPoint)?.Address.ToString(),
        },
        HarEntry.Failed failed => new(entry.Started, HarTimes.Waited(failed.Elapsed), HarRequest.Of(failed.Request, maxBodyBytes), HarResponse.None(failed.Error)),
        _ => throw new ArgumentOutOfRangeException(nameof(entry)),
    };

    private static HarResponse Of(Response response, int maxBodyBytes) =>
        new(response.StatusCode, response.Reason, HarRequest.VersionOf(response.HttpVersion), [.. response.Headers], ContentOf(response, maxBodyBytes)) { BodySize = LengthOf(response) };

    private static HarBody ContentOf(Response response, int maxBodyBytes)
    {
        string type = response.Headers["Content-Type"] ?? "x-unknown";
        if (!response.HasBody) return new(type) { Size = Math.Max(LengthOf(response), 0), Comment = "The body was not read into memory." };

        ReadOnlySpan<byte> body = response.Content.Span;
        if (body.Length > maxBodyBytes) return new(type) { Size = body.Length, Comment = "The body is longer than what is kept." };

        string[] codings = HarCodings.Of([.. response.Headers]);
        if (!ContentDecoding.AreKnown(codings)) return HarBody.Of(body.ToArray(), type, codings, isWhole: true, maxBodyBytes);

        // A person reads this: a text whose encoding the library has found out is one, also where it cannot be turned back into the same bytes.
        HarBody kept = HarBody.Of(body, type);
        bool isText = type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) && !body.Contains((byte)0);
        return isText || !kept.IsBase64 ? new(type) { Text = response.Text, Size = body.Length } : kept;
    }

    private static long LengthOf(Response response) =>
        long.TryParse(response.Headers["Content-Length"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long length) ? length : -1;
}
