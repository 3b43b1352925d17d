using System.Text.Json;

namespace RequestsAsync.Bulk;

/// <summary>Looks for errors in an output.</summary>
internal static class OutputErrors
{
    /// <summary>Whether a record has one.</summary>
    /// <param name="output">The output.</param>
    /// <param name="length">How much of it is looked through.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SinkException">It cannot be read.</exception>
    public static async ValueTask<bool> AnyAsync(string output, long length, CancellationToken cancellationToken)
    {
        if (length == 0) return false;

        LineReader lines = new(OutputRecovery.Open(output), BulkRecord.MaxLineBytes);
        await using (lines.ConfigureAwait(false))
        {
            for (long position = 0; position < length && await lines.ReadAsync(cancellationToken).ConfigureAwait(false); position += lines.Line.Length + 1)
            {
                if (HasError(lines.Line.Span)) return true;
            }
        }

        return false;
    }

    // Few lines have those bytes, in which no text can be: its quotes are escaped. What meta says is JSON too.
    private static bool HasError(ReadOnlySpan<byte> record)
    {
        if (record.IndexOf("\"error\":{"u8) < 0) return false;

        Utf8JsonReader reader = new(record);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("error"u8)) return true;
            reader.Skip();
        }

        return false;
    }
}
