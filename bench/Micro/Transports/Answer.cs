using System.Globalization;
using System.Text;

namespace RequestsAsync.Micro;

/// <summary>The one answer of a transport: 200, a type and a body.</summary>
internal sealed record Answer(string ContentType, byte[] Body)
{
    public static Answer Text { get; } = new("text/plain; charset=utf-8", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("0123456789abcdef", 16))));

    public static Answer Json { get; } = new(
        "application/json; charset=utf-8",
        """{"city":"Marseille","temperature":21.5,"humidity":58,"summary":"mistral","at":"2026-11-28T19:00:00+01:00"}"""u8.ToArray());

    public string Length { get; } = Body.Length.ToString(CultureInfo.InvariantCulture);

    /// <summary>As it stands on the wire.</summary>
    public byte[] ToHttp1() =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nDate: Sat, 28 Nov 2026 19:00:00 GMT\r\nContent-Type: {ContentType}\r\nContent-Length: {Length}\r\n\r\n"), .. Body];
}
