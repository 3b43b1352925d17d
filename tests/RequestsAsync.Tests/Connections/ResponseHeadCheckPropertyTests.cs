using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class ResponseHeadCheckPropertyTests
{
    // What heads are made of, in any order.
    private static readonly string[] Parts =
        ["HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 Continue\r\n", "Content-Length", "content-length:", "Transfer-Encoding: ", "chunked", "identity", "A", "Server:", ":", " ", "\t", "5", "05", ",", "x", "\r\n", "\n", "\r", "\0", "\r\n\r\n"];

    private static readonly Gen<string> Heads = Gen.ArrayOf(Gen.Elements(Parts)).Select(parts => "HTTP/1.1 200 OK\r\n" + string.Concat(parts));

    [Fact]
    public void It_does_not_matter_how_the_bytes_come() => Prop.ForAll(
        Heads.ToArbitrary(),
        Gen.Choose(1, 7).ToArbitrary(),
        (head, size) =>
        {
            string whole = Verdict(head, head.Length);
            return (whole == Verdict(head, size)).Label(whole);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Fields_of_any_octets_that_end_no_line_are_taken() => Prop.ForAll(
        Gen.Choose(1, 255).Where(octet => octet is not ('\r' or '\n')).ArrayOf().ToArbitrary(),
        octets => Verdict($"HTTP/1.1 200 OK\r\nA:{string.Concat(octets.Select(octet => (char)octet))}\r\n\r\n", 3) == "ended")
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_length_is_taken_if_all_of_them_are_the_same() => Prop.ForAll(
        Gen.Elements("0", "5", "05", "5,5", " 5 , 5", "6", "", "+5").ArrayOf().ToArbitrary(),
        lengths =>
        {
            string[] digits = [.. lengths.SelectMany(length => length.Split(',', StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal)];
            bool isOne = digits.Length == 0 || (digits.Length == 1 && digits[0].Length > 0 && digits[0].All(char.IsAsciiDigit));
            return (Verdict("HTTP/1.1 200 OK\r\n" + string.Concat(lengths.Select(length => $"Content-Length:{length}\r\n")) + "\r\n", 2) == "ended") == isOne;
        }).QuickCheckThrowOnFailure();

    private static string Verdict(string text, int size)
    {
        ResponseHeadCheck check = new();
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        try
        {
            for (int at = 0; at < bytes.Length; at += size)
                check.Feed(bytes.AsSpan(at, Math.Min(size, bytes.Length - at)));
        }
        catch (ProtocolException e)
        {
            return e.Message;
        }

        return check.HasEnded ? "ended" : "goes on";
    }
}
