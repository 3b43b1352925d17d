using System.Text;
using BenchmarkDotNet.Attributes;

namespace RequestsAsync.Micro;

/// <summary>A body of 16 KiB to text: the encoding found from the Content-Type, then decoded.</summary>
public class Charsets
{
    private byte[] _body = [];
    private Encoding _encoding = Encoding.UTF8;
    private string _contentType = "";

    /// <summary>The charset.</summary>
    [Params("utf-8", "windows-1252", "shift_jis", "utf-16le")]
    public string Charset { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        string sample = Charset == "shift_jis" ? "日本語のテキスト。" : "Voilà un texte, écrit à Zürich. ";
        _encoding = Charset == "utf-8" ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(Charset) ?? Encoding.GetEncoding(Charset);
        _body = _encoding.GetBytes(string.Concat(Enumerable.Repeat(sample, 16_384 / _encoding.GetByteCount(sample))));
        _contentType = $"text/plain; charset={Charset}";
    }

    [Benchmark(Description = "Encoding.GetString, the encoding known", Baseline = true)]
    public string Runtime() => _encoding.GetString(_body);

    [Benchmark(Description = Names.Own)]
    public string Own() => TextDecoder.Decode(_body, _contentType, defaultEncoding: null);
}
