using System.Buffers;
using System.Text;

namespace RequestsAsync;

/// <summary>Words so that a POSIX shell reads them back as they are.</summary>
internal static class CurlQuoting
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%+,-./:=@_");

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The word, in single quotes where it needs them.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Plain) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>Bytes as a word, or <see langword="null"/> where no argument can hold them: a NUL, or what is no UTF-8.</summary>
    public static string? Word(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0)) return null;

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
