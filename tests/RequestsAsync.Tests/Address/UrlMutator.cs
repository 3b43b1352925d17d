using System.Text;

namespace RequestsAsync.Tests;

/// <summary>Makes texts that are nearly URLs, the same ones for the same seed.</summary>
internal sealed class UrlMutator(int seed)
{
    private static readonly string[] Seeds =
    [
        "http://example.com/a/b/../c?d=e#f", "https://user:p%40ss@host.example:8443/%2e%2e/x", "ws://[2001:db8::1]:80/", "wss://192.168.0.1/a;b",
        "http://0x7f.1", "//host/path", "../a/./b", "?q=1", "#f", "http:relative", "HTTP:\\\\HOST\\a", "https://bücher.example/ü?ü#ü",
        "http://xn--bcher-kva.ü/", "http://[::ffff:1.2.3.4]/", "http://a\u200d.b/", "https://אב.1/", "http://한\u1161/", "http://a@b@c:d@e:1/",
    ];

    private static readonly string[] Tokens =
    [
        "/", "\\", "//", ":", "@", "?", "#", "[", "]", "%", "%2e", "%2F", "%00", "%ff", "%C3%A4", ".", "..", "/../", "/./", " ", "\t", "\n", "\0",
        "\u007f", "http:", "https://", "xn--", "0x", "08", "256", "99999999999", "::", "1.2.3.4", "ü", "ß", "。", "\u00ad", "\u200c", "\u200d",
        "\u0301", "\ud800", "\udc00", "😀", "\ufffd", "א", "\u0660", "|", "^", "`", "{", "\"", "<", "'", "*", "-", "_", "~", "65536", ":443", "localhost",
    ];

    private readonly Random _random = new(seed);

    public string Next()
    {
        StringBuilder text = new(Pick(Seeds));
        for (int count = _random.Next(6); count > 0; count--) Mutate(text);
        return text.ToString();
    }

    private void Mutate(StringBuilder text)
    {
        int at = _random.Next(text.Length + 1);
        int length = Math.Min(_random.Next(4), text.Length - at);
        switch (_random.Next(5))
        {
            case 0: text.Remove(at, length); break;
            case 1: text.Insert(at, Pick(Tokens)); break;
            case 2: text.Remove(at, length).Insert(at, Pick(Tokens)); break;
            case 3: text.Insert(_random.Next(text.Length + 1), text.ToString(at, length)); break;
            default: text.Insert(at, (char)_random.Next(_random.Next(2) == 0 ? 0x80 : 0x10000)); break;
        }
    }

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
