using System.Text.Json;

namespace RequestsAsync.Bulk;

/// <summary>Takes from the output of a job that goes on what the last run wrote and did not come to settle: it is done, and not fetched again.</summary>
internal static class OutputRecovery
{
    private const int Batch = 10_000;
    private const int MaxRecordBytes = 1 << 30;

    /// <summary>Reads the output behind what is settled, and settles it.</summary>
    /// <exception cref="SinkException">The output is shorter than what was settled of it, or is another file.</exception>
    public static async ValueTask RunAsync(string output, LocalFrontier frontier, CancellationToken cancellationToken)
    {
        FileStream file = new(output, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        long settled = frontier.CommittedOutput;
        if (file.Length < settled)
        {
            long length = file.Length;
            await file.DisposeAsync().ConfigureAwait(false);
            throw new SinkException($"The output {output} has {length} bytes, and the job had stored {settled} of them: records are missing. Put the whole file back, or begin a new job.");
        }

        file.Position = settled;
        LineReader lines = new(file, MaxRecordBytes);
        await using (lines.ConfigureAwait(false))
        {
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
