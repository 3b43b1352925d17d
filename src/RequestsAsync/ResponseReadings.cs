using System.Text;

namespace RequestsAsync;

/// <summary>What was made of a response's header fields and times, so that it is made once; most responses are asked for none of it.</summary>
internal sealed class ResponseReadings
{
    public Headers? Headers { get; set; }

    public Encoding? Encoding { get; set; }

    public Timings? Timings { get; set; }

    public IReadOnlyList<Link>? Links { get; set; }

    public IReadOnlyList<Cookie>? Cookies { get; set; }

    public ContentDisposition? ContentDisposition { get; set; }

    public IReadOnlyList<Response>? History { get; set; }
}
