namespace RequestsAsync.Testing;

/// <summary>What a <see cref="MockTransport"/> answers with: a status, header fields and a body, or a <see cref="Fault"/>. It never changes; each method returns another.</summary>
/// <remarks>
/// <para>The framing is the mock's own and true: <c>Content-Length</c> is counted; a body of unknown length, and one with trailers, is chunked; a reply to HEAD has
/// the fields of its body and not the body; 204 and 304 have none (RFC 9110 §6.4.1).</para>
/// <para>A status converts: <c>Reply(503)</c>; so does a fault: <c>Reply(Fault.ConnectionReset)</c>.</para>
/// </remarks>
public sealed partial class Reply
{
    private List<KeyValuePair<string, string>> _headers = [];
    private List<KeyValuePair<string, string>> _trailers = [];

    private Reply(int status, ReplyBody body, string? contentType = null)
    {
        CheckStatus(status);
        Status = status;
        Body = body;
        if (contentType is not null) _headers.Add(new("Content-Type", contentType));
    }

    private Reply(Fault fault)
        : this(200, ReplyBody.None) => Fault = fault;

    /// <summary>The status code; of no meaning where there is a <see cref="Fault"/>.</summary>
    public int Status { get; private set; }

    /// <summary>The reason phrase; <see langword="null"/> for the usual one.</summary>
    public string? Reason { get; private set; }

    /// <summary>The version of HTTP; <see langword="null"/> for HTTP/1.1, or what the request insists on.</summary>
    public Version? HttpVersion { get; private set; }

    /// <summary>How long it takes until the head comes, or until the fault does.</summary>
    public TimeSpan Delay { get; private set; }

    /// <summary>What happens instead of an answer; <see langword="null"/> for an answer.</summary>
    public Fault? Fault { get; private set; }

    internal IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    internal IReadOnlyList<KeyValuePair<string, string>> Trailers => _trailers;

    internal ReplyBody Body { get; private set; }

    /// <summary>A reply with nothing but a status.</summary>
    /// <param name="status">The status code.</param>
    public static implicit operator Reply(int status) => new(status, ReplyBody.None);

    /// <summary>A failure of the network.</summary>
    /// <param name="fault">What fails.</param>
    public static implicit operator Reply(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new(fault);
    }

    /// <summary>The same with another status code.</summary>
    /// <param name="status">From 200 to 999.</param>
    /// <exception cref="ArgumentOutOfRangeException">No final response has that status.</exception>
    /// <exception cref="ArgumentException">A response of that status has no body, and this one has.</exception>
    public Reply WithStatus(int status)
    {
        CheckStatus(status);
        CheckBody(status, Body);
        return Copy(reply => reply.Status = status);
    }

    /// <summary>The same with another reason phrase.</summary>
    /// <param name="reason">The phrase.</param>
    /// <exception cref="ArgumentException">It would break the status line.</exception>
    public Reply WithReason(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (HeaderRules.ValueProblem(reason) is { } problem) throw new ArgumentException($"The reason phrase {problem}.", nameof(reason));
        return Copy(reply => reply.Reason = reason);
    }

    /// <summary>The same with a header field more. <c>Set-Cookie</c> and others may be there several times; <c>Content-Type</c> replaces the one that is there.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">It could split a message (RFC 9110 §5.5), or it says how long the body is, which is counted.</exception>
    public Reply WithHeader(string name, string value)
    {
        CheckField(name, value);
        if (IsFraming(name)) throw new ArgumentException($"{name} is the mock's own, and always true. A body that ends too early is made by CutOffAfter; for HEAD give the body that GET would have.", nameof(name));

        return Copy(reply =>
        {
            if (RequestsAsync.Headers.SameName(name, "Content-Type")) reply._headers.RemoveAll(field => RequestsAsync.Headers.SameName(field.Key, name));
            reply._headers.Add(new(name, value));
        });
    }

    /// <summary>The same with a field after the body, which is then chunked (RFC 9110 §6.5).</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">It could split a message, or no trailer may be called so.</exception>
    public Reply WithTrailer(string name, string value)
    {
        CheckField(name, value);
        if (IsFraming(name) || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)) throw new ArgumentException($"{name} says how to read the body, and cannot come after it (RFC 9110 §6.5.1).", nameof(name));
        CheckBody(Status, Body.IsEmpty ? ReplyBody.OfNothing : Body);
        return Copy(reply =>
        {
            reply._trailers.Add(new(name, value));
            if (reply.Body.IsEmpty) reply.Body = ReplyBody.OfNothing;
        });
    }

    /// <summary>The same in another version of HTTP.</summary>
    /// <param name="version">1.0, 1.1, 2.0 or 3.0.</param>
    public Reply WithVersion(Version version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return Copy(reply => reply.HttpVersion = version);
    }

    /// <summary>The same, but it lets wait for itself on the mock's clock.</summary>
    /// <param name="delay">How long.</param>
    public Reply After(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return Copy(reply => reply.Delay = delay);
    }

    /// <summary>What it is, shortly.</summary>
    public override string ToString() => Fault is null ? $"<Reply [{Status}]>" : $"<Reply {Fault}>";

    private static void CheckStatus(int status)
    {
        if (status is < 200 or > 999) throw new ArgumentOutOfRangeException(nameof(status), status, "A final response has a status from 200 to 999.");
    }

    private static void CheckBody(int status, ReplyBody body)
    {
        if (!body.IsEmpty && status is 204 or 304) throw new ArgumentException($"A response with status {status} has no body (RFC 9110 §6.4.1).", nameof(body));
    }

    private static void CheckField(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (HeaderRules.NameProblem(name) is { } badName) throw new ArgumentException($"The name of the field {badName}.", nameof(name));
        if (HeaderRules.ValueProblem(value) is { } badValue) throw new ArgumentException($"The value of {name} {badValue}.", nameof(value));
    }

    private static bool IsFraming(string name) => RequestsAsync.Headers.SameName(name, "Content-Length") || RequestsAsync.Headers.SameName(name, "Transfer-Encoding");

    private Reply Copy(Action<Reply> change)
    {
        Reply copy = (Reply)MemberwiseClone();
        copy._headers = [.. _headers];
        copy._trailers = [.. _trailers];
        change(copy);
        return copy;
    }

    private Reply WithBody(ReplyBody body)
    {
        if (Fault is not null) throw new InvalidOperationException($"{Fault} comes before any answer.");
        return Copy(reply => reply.Body = body);
    }
}
