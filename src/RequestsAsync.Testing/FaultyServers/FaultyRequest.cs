using System.Text;

namespace RequestsAsync.Testing;

/// <summary>A request that a <see cref="FaultyServer"/> read, byte for byte.</summary>
public sealed class FaultyRequest
{
    private readonly Lock _lock = new();
    private readonly List<byte> _raw = [];
    private readonly List<byte> _body = [];
    private readonly string[] _line;

    internal FaultyRequest(int number, int connection, DateTimeOffset time, byte[] head)
    {
        Number = number;
        Connection = connection;
        Time = time;
        HeadBytes = head;
        Head = Encoding.Latin1.GetString(head);
        string[] lines = Head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        _line = lines.Length == 0 ? [] : lines[0].Split(' ', 3);
        Fields = [.. lines.Skip(1).Select(Split)];
        _raw.AddRange(head);
    }

    /// <summary>Its place among all requests of the server, from 1.</summary>
    public int Number { get; }

    /// <summary>The connection it came on, from 1.</summary>
    public int Connection { get; }

    /// <summary>When the last byte of its head was read, by the clock of <see cref="FaultyServerOptions.TimeProvider"/>.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The request line, the fields and the empty line, each with its CRLF; every byte is a character (Latin-1).</summary>
    public string Head { get; }

    /// <summary>The bytes of <see cref="Head"/>.</summary>
    public ReadOnlyMemory<byte> HeadBytes { get; }

    /// <summary>The method, such as <c>GET</c>.</summary>
    public string Method => _line.Length > 0 ? _line[0] : "";

    /// <summary>The request target as it was sent (RFC 9112 §3.2), such as <c>/a?b=c</c>.</summary>
    public string Target => _line.Length > 1 ? _line[1] : "";

    /// <summary>The version, such as <c>HTTP/1.1</c>.</summary>
    public string Version => _line.Length > 2 ? _line[2] : "";

    /// <summary>The fields in their order, names as they were sent, values without the blanks around them.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields { get; }

    /// <summary>Whether its content was read to the end that its fields promise.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>
    /// The content that was read so far: without the framing of chunks where <see cref="FaultyScript.ReadBody"/> read it, otherwise what was read behind the head.
    /// </summary>
    public byte[] Body
    {
        get
        {
            lock (_lock) return [.. _body];
        }
    }

    /// <summary><see cref="Body"/> as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Every byte that was read so far, the head's first, content with its framing.</summary>
    public byte[] Raw
    {
        get
        {
            lock (_lock) return [.. _raw];
        }
    }

    /// <summary>The value of a field, those of several of the name joined by a comma (RFC 9110 §5.3); <see langword="null"/> where there is none.</summary>
    /// <param name="name">The name, in upper or lower case.</param>
    public string? Field(string name)
    {
        string[] values = [.. Fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static field => field.Value)];
        return values.Length == 0 ? null : string.Join(", ", values);
    }

    /// <summary>Method and target.</summary>
    public override string ToString() => $"{Method} {Target}";

    internal void Append(ReadOnlySpan<byte> bytes, bool isContent)
    {
        lock (_lock)
        {
            _raw.AddRange(bytes);
            if (isContent) _body.AddRange(bytes);
        }
    }

    /// <summary>Forgets the content that was read so far.</summary>
    /// <returns>Its bytes as they came.</returns>
    internal byte[] Rewind()
    {
        lock (_lock)
        {
            byte[] content = [.. _raw.Skip(HeadBytes.Length)];
            _raw.RemoveRange(HeadBytes.Length, content.Length);
            _body.Clear();
            return content;
        }
    }

    internal void Complete() => IsComplete = true;

    private static (string Name, string Value) Split(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (line, "") : (line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
    }
}
