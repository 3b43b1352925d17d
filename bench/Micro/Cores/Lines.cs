using System.Text;
using BenchmarkDotNet.Attributes;

namespace RequestsAsync.Micro;

/// <summary>A body of ten thousand lines of JSON, in chunks of 16 KiB; figures are for one line.</summary>
public class Lines
{
    private const int Count = 10_000;
    private const int ChunkLength = 16 << 10;

    private readonly byte[] _body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("""{"id":12345,"name":"a line of the usual length","ok":true}""" + "\n", Count)));

    [Benchmark(Description = "StreamReader.ReadLineAsync", OperationsPerInvoke = Count, Baseline = true)]
    public async Task<int> ReaderAsync()
    {
        using StreamReader reader = new(new MemoryStream(_body), Encoding.UTF8, detectEncodingFromByteOrderMarks: true, ChunkLength);
        int length = 0;
        while (await reader.ReadLineAsync() is { } line) length += line.Length;
        return length;
    }

    [Benchmark(Description = Names.Own, OperationsPerInvoke = Count)]
    public int Own()
    {
        LineDecoder decoder = new(new TextDecoder("application/x-ndjson; charset=utf-8", defaultEncoding: null));
        int length = 0;
        for (int at = 0; at < _body.Length; at += ChunkLength)
        {
            decoder.Append(_body.AsSpan(at, Math.Min(ChunkLength, _body.Length - at)));
            while (decoder.TryReadLine(out string? line)) length += line.Length;
        }

        decoder.Flush();
        while (decoder.TryReadLine(out string? line)) length += line.Length;
        return length;
    }
}
