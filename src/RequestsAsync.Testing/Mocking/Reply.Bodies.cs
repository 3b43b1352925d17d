using System.Text;
using System.Text.Json;

namespace RequestsAsync.Testing;

// What it carries, and how that comes.
public sealed partial class Reply
{
    /// <summary>An answer with nothing but a status; a number converts to it too.</summary>
    /// <param name="status">The status code.</param>
    public static Reply Of(int status) => status;

    /// <summary>An answer with text in UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <param name="status">The status code.</param>
    public static Reply Text(string text, int status = 200) => Of(status, Encoding.UTF8.GetBytes(text ?? throw new ArgumentNullException(nameof(text))), "text/plain; charset=utf-8");

    /// <summary>An answer with a page.</summary>
    /// <param name="html">The page.</param>
    /// <param name="status">The status code.</param>
    public static Reply Html(string html, int status = 200) => Text(html, status).WithHeader("Content-Type", "text/html; charset=utf-8");

    /// <summary>An answer with JSON, written by <see cref="JsonDefaults.Options"/> now: what the value becomes later does not count.</summary>
    /// <param name="value">The value.</param>
    /// <param name="status">The status code.</param>
    public static Reply Json(object? value, int status = 200) => Of(status, JsonSerializer.SerializeToUtf8Bytes(value, JsonDefaults.Options), "application/json");

    /// <summary>An answer with bytes, which are copied.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="status">The status code.</param>
    public static Reply Bytes(ReadOnlyMemory<byte> bytes, int status = 200) => Of(status, bytes.ToArray(), "application/octet-stream");

    /// <summary>An answer whose body is read from a stream while it is sent, one for each call; chunked, for nobody knows its length.</summary>
    /// <param name="open">Opens the stream. It is disposed with the response.</param>
    /// <param name="status">The status code.</param>
    public static Reply Stream(Func<Stream> open, int status = 200)
    {
        ArgumentNullException.ThrowIfNull(open);
        CheckBody(status, ReplyBody.Of(open));
        return new Reply(status, ReplyBody.Of(open), "application/octet-stream");
    }

    /// <summary>An answer whose body comes in these pieces, chunked: server-sent events, lines, progress. See <see cref="Dripping"/> for their pace.</summary>
    /// <param name="pieces">The pieces, each as UTF-8. A read never gets more than one.</param>
    public static Reply Chunks(params IEnumerable<string> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        return new Reply(200, ReplyBody.Of([.. pieces.Select(Encoding.UTF8.GetBytes)]), "text/plain; charset=utf-8");
    }

    /// <summary>An answer with server-sent events, each with that data, chunked.</summary>
    /// <param name="data">The data of each.</param>
    public static Reply Events(params IEnumerable<string> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Chunks(data.Select(item => string.Concat(item.Split('\n').Select(line => $"data: {line}\n")) + "\n")).WithHeader("Content-Type", "text/event-stream");
    }

    /// <summary>A redirect.</summary>
    /// <param name="location">Where to.</param>
    /// <param name="status">301, 302, 303, 307 or 308.</param>
    public static Reply Redirect(string location, int status = 302) => new Reply(status, ReplyBody.None).WithHeader("Location", location);

    /// <summary>The same, but the body comes slowly: each piece of <see cref="Chunks"/>, or so many bytes, and then a pause on the mock's clock.</summary>
    /// <param name="interval">The pause before each piece but the first.</param>
    /// <param name="bytes">How large a piece is; pieces of <see cref="Chunks"/> keep their own size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is negative, or the pieces are empty.</exception>
    public Reply Dripping(TimeSpan interval, int bytes = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        return WithBody(Body.Dripping(interval, bytes));
    }

    /// <summary>The same, but the connection is closed in the middle of the body: <see cref="ConnectionLostException"/>.</summary>
    /// <param name="bytes">How many bytes come.</param>
    /// <exception cref="ArgumentOutOfRangeException">That is negative, or the whole body.</exception>
    public Reply CutOffAfter(int bytes) => EndingAfter(bytes, BodyEnd.CutOff);

    /// <summary>The same, but the connection is reset in the middle of the body: <see cref="ConnectionLostException"/>.</summary>
    /// <inheritdoc cref="CutOffAfter"/>
    public Reply ResetAfter(int bytes) => EndingAfter(bytes, BodyEnd.Reset);

    /// <summary>The same, but from there on nothing comes until a limit of the client passes.</summary>
    /// <inheritdoc cref="CutOffAfter"/>
    public Reply StalledAfter(int bytes) => EndingAfter(bytes, BodyEnd.Stalled);

    private static Reply Of(int status, byte[] bytes, string contentType)
    {
        ReplyBody body = ReplyBody.Of(bytes);
        CheckBody(status, body);
        return new Reply(status, body, contentType);
    }

    private Reply EndingAfter(int bytes, BodyEnd end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (Body.IsEmpty) throw new InvalidOperationException($"{this} has no body that could end early. Give it one first.");
        if (Body.Length is { } length) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(bytes, length);
        return WithBody(Body.EndingAfter(bytes, end));
    }
}
