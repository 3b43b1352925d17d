namespace RequestsAsync.Testing;

/// <summary>The content of an entry as it goes out once more.</summary>
internal sealed class ReplayedBody
{
    private readonly HarResponse _response;
    private readonly string _what;

    public ReplayedBody(CassetteEntry entry)
    {
        _response = entry.Exchange.Response;
        _what = entry.ToString();
        string[] codings = HarCodings.Of(_response.Headers);
        byte[] content = _response.Content.ToBytes();
        bool isCoded = codings.Length == 0 || _response.Content.IsCoded || content.Length == 0;
        IsDecoded = !isCoded && !ContentDecoding.AreKnown(codings);
        Bytes = isCoded || IsDecoded ? content : ContentCodings.Do(content, codings, IsWhole);
        Chunks = Scaled(_response.Chunks, Bytes.Length);
    }

    /// <summary>The bytes, content codings done.</summary>
    public byte[] Bytes { get; }

    /// <summary>Whether a content coding that the header fields speak of is not there: nobody here can do it.</summary>
    public bool IsDecoded { get; }

    /// <summary>Its pieces.</summary>
    public IReadOnlyList<HarChunk> Chunks { get; }

    /// <summary>Whether its end is the end of the answer.</summary>
    public bool IsWhole => !_response.IsIncomplete && _response.Faults.Count == 0 && !IsWithheld;

    // Nothing of it could be shown: who asks for it must know.
    private bool IsWithheld => _response.Content is { IsCoded: true, Text: null };

    /// <summary>What its end throws, where it is not the end of the answer.</summary>
    public Exception ToException() => IsWithheld ? new CassetteException($"{_what}: the content is not on the cassette. {_response.Content.Comment} Record it again: with CassetteOptions.KeepsSecrets, or asking for gzip, deflate or br.") : _response.Faults.Count > 0
        ? FaultChain.ToException(_response)
        : new CassetteException($"{_what}: the recording ends after {Bytes.Length} bytes, because the answer was not read any further then. Record it again, reading to the end.");

    // A secret that was hidden, or another compressor, has changed the length: each piece keeps its share.
    private static List<HarChunk> Scaled(IReadOnlyList<HarChunk> chunks, int length)
    {
        long total = chunks.Sum(static chunk => (long)chunk.Size);
        if (total == 0) return [];

        List<HarChunk> scaled = [];
        long passed = 0;
        int given = 0;
        foreach (HarChunk chunk in chunks)
        {
            passed += chunk.Size;
            int end = (int)(passed * length / total);
            if (end > given) scaled.Add(new(end - given, chunk.Offset));
            given = end;
        }

        return scaled;
    }
}
