using System.Text;

namespace RequestsAsync;

/// <summary>What only some responses have: the body as a stream, and what was made of header fields and times, so that it is made once.</summary>
internal sealed class ResponseReadings
{
    /// <summary>The body on its way, where it is streamed.</summary>
    public ResponseStream? Stream { get; set; }

    public Headers? Headers { get; set; }

    public Encoding? Encoding { get; set; }

    public Timings? Timings { get; set; }

    public IReadOnlyList<Link>? Links { get; set; }

    public IReadOnlyList<Cookie>? Cookies { get; set; }

    public ContentDisposition? ContentDisposition { get; set; }

    public IReadOnlyList<Response>? History { get; set; }
}
