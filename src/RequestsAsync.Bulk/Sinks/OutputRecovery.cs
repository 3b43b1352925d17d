using System.Text.Json;

namespace RequestsAsync.Bulk;

/// <summary>Takes from the output of a job that goes on what the last run wrote and did not come to settle: it is done, and not fetched again.</summary>
internal static class OutputRecovery
{
    private const int Batch = 10_000;

    /// <summary>Reads the output behind what is settled, and settles it. It was checked, and its torn end is cut off.</summary>
    /// <exception cref="SinkException">The output cannot be read.</exception>
    public static async ValueTask RunAsync(string output, LocalFrontier frontier, CancellationToken cancellationToken)
    {
        FileStream file = Open(output);
        LineReader lines = new(file, BulkRecord.MaxLineBytes);
        await using (lines.ConfigureAwait(false))
        {
            long settled = frontier.CommittedOutput;
            file.Position = settled;
            List<RequestId> ids = [];
            long position = settled;
            while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                position += lines.Line.Length + 1;
                ids.Add(IdOf(lines.Line.Span) ?? throw new SinkException($"The output {output} has a line at byte {position - lines.Line.Length - 1} that is no record: it is not this job's output."));
                if (ids.Count < Batch) continue;
                await frontier.SettleFoundAsync(ids, position, cancellationToken).ConfigureAwait(false);
                ids.Clear();
            }

            if (ids.Count > 0) await frontier.SettleFoundAsync(ids, position, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens an output to read it from its beginning to its end, also while it is written.</summary>
    /// <exception cref="SinkException">It cannot be read.</exception>
    public static FileStream Open(string output)
    {
        try
        {
            return new(output, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SinkException($"The output {output} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The id of a record; <see langword="null"/> if it is none.</summary>
    public static RequestId? IdOf(ReadOnlySpan<byte> record)
    {
        try
        {
            Utf8JsonReader reader = new(record);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isId = reader.ValueTextEquals("id"u8);
                reader.Read();
                if (isId) return reader.TokenType == JsonTokenType.String && RequestId.TryParse(reader.GetString(), out RequestId id) ? id : null;
                reader.Skip();
            }
        }
        catch (System.Text.Json.JsonException)
        {
            // It is no record.
        }

        return null;
    }
}
