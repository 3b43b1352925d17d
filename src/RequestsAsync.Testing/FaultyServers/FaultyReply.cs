using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace RequestsAsync.Testing;

/// <summary>A well-formed HTTP/1.1 answer.</summary>
/// <param name="Status">The status code, such as 200.</param>
public sealed record FaultyReply(int Status)
{
    /// <summary>The fields, in their order.</summary>
    /// <value>
    /// None by default. <c>Content-Length</c> is added unless it or <c>Transfer-Encoding</c> is among them: those go out as they are, true or not, and chunks
    /// are for <see cref="Body"/> to have.
    /// </value>
    public IReadOnlyList<(string Name, string Value)> Fields { get; init; } = [];

    /// <summary>The content.</summary>
    /// <value>Empty by default.</value>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The content as text.</summary>
    /// <value>Empty by default; setting it sets <see cref="Body"/> to its UTF-8 bytes.</value>
    public string Text
    {
        get => Encoding.UTF8.GetString(Body.Span);
        init => Body = Encoding.UTF8.GetBytes(value);
    }

    /// <summary>The bytes on the wire.</summary>
    /// <param name="method">
    /// The method of the request: <c>HEAD</c> is answered with the length and without the content, as is 304, but for a length of 0; 1xx, 204 and 2xx to
    /// <c>CONNECT</c> have neither (RFC 9110 §8.6).
    /// </param>
    public byte[] ToBytes(string method = "GET")
    {
        bool isEmpty = Status is < 200 or 204 || (method == "CONNECT" && Status < 300);
        bool hasNoLength = isEmpty || (Status == 304 && Body.IsEmpty); // that would be the length of what the client has
        StringBuilder head = new($"HTTP/1.1 {Status.ToString(CultureInfo.InvariantCulture)} {ReasonPhrases.GetReasonPhrase(Status)}\r\n");
        foreach ((string name, string value) in Fields)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        if (!hasNoLength && !Has("Content-Length") && !Has("Transfer-Encoding"))
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        byte[] bytes = Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
        return isEmpty || Status == 304 || method == "HEAD" ? bytes : [.. bytes, .. Body.Span];
    }

    private bool Has(string name) => Fields.Any(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
