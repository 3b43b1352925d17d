namespace RequestsAsync.Bulk;

/// <summary>Joins outputs of one job or of many, with one record for each request.</summary>
public static class RecordMerge
{
    private const long IdMemory = 64L << 20;

    /// <summary>Joins outputs. Of two records with one id the first is kept; lines that are no records, as a crash leaves them, are left out.</summary>
    /// <param name="inputs">The outputs, in their order. Memory does not grow with them.</param>
    /// <param name="output">Where the records go; it appears when it is whole.</param>
    /// <param name="cancellationToken">Ends the work; nothing is left of it.</param>
    /// <exception cref="SinkException">An output cannot be read, or the new one cannot be written.</exception>
    public static async Task<MergeResult> RunAsync(IReadOnlyList<string> inputs, string output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(output);
        string path = Path.GetFullPath(output), scratch = $"{path}.{Path.GetRandomFileName()}.merge";
        try
        {
            Directory.CreateDirectory(scratch); // and the folder of the output
            string part = Path.Combine(scratch, "records");
            MergeResult result = await WriteAsync(inputs, part, scratch, cancellationToken).ConfigureAwait(false);
            File.Move(part, path, overwrite: true);
            FolderDurability.Flush(Path.GetDirectoryName(path)!);
            return result;
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not SinkException)
        {
            throw new SinkException($"The merge into {output} failed: {e.Message}", e);
        }
        finally
        {
            if (Directory.Exists(scratch)) Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task<MergeResult> WriteAsync(IReadOnlyList<string> inputs, string part, string scratch, CancellationToken cancellationToken)
    {
        using RequestIdSet ids = new(scratch, IdMemory);
        JsonLinesFile file = JsonLinesFile.Open(part, mustExist: false);
        await using (file.ConfigureAwait(false))
        {
            long read = 0, written = 0, torn = 0;
            foreach (string input in inputs)
            {
                LineReader lines = new(new FileStream(input, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan), BulkRecord.MaxLineBytes);
                await using (lines.ConfigureAwait(false))
                {
                    while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        if (!lines.IsWhole || OutputRecovery.IdOf(lines.Line.Span) is not { } id)
                        {
                            torn++;
                            continue;
                        }

                        read++;
                        ids.EnsureRoom(1);
                        if (!ids.Add(id)) continue;
                        written++;
                        file.Add(lines.Line.Span);
                    }
                }
            }

            file.Flush();
            return new(read, written, torn);
        }
    }
}
