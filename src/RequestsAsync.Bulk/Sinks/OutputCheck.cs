namespace RequestsAsync.Bulk;

/// <summary>Sees to it that a file is an output, before anything of it is cut off or added to it.</summary>
internal static class OutputCheck
{
    private static ReadOnlySpan<byte> Beginning => "{\"v\":1,\"id\":\""u8;

    /// <summary>Looks at how it begins. What stands behind its last whole line may be anything after a power failure.</summary>
    /// <param name="path">Its name, for the message.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="SinkException">It is another file.</exception>
    public static void Check(string path, FileStream file)
    {
        if (!BeginsAsOutput(file))
            throw new SinkException($"The output {path} is there already, and is no file of records: it was not touched. Choose another name, or remove it.");
    }

    /// <summary>Reads the output of a job from where it is settled, and changes nothing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settled">How much of it is settled.</param>
    /// <param name="isNewJob">Whether the job has not begun, so that no file is its output.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SinkException">It is shorter than what was settled of it, or is another file.</exception>
    public static async ValueTask CheckAsync(string path, long settled, bool isNewJob, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) return; // who opens it makes it, or says that it is gone

        FileStream file = OutputRecovery.Open(path);
        LineReader lines = new(file, BulkRecord.MaxLineBytes);
        await using (lines.ConfigureAwait(false))
        {
            long length = file.Length;
            if (isNewJob && length > 0) throw new SinkException($"The output {path} is there already, and the job is a new one: it was not touched. Choose another name, remove it, or name the folder of the job that it belongs to.");
            if (length < settled) throw new SinkException($"The output {path} has {length} bytes, and the job had stored {settled} of them: records are missing. Put the whole file back, or begin a new job.");

            if (!BeginsAsOutput(file)) throw NotOurs(path, 0);
            long position = settled;
            file.Position = settled;
            while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (lines.IsWhole && OutputRecovery.IdOf(lines.Line.Span) is null) throw NotOurs(path, position);
                position += lines.Line.Length + 1;
            }
        }
    }

    private static SinkException NotOurs(string path, long position) =>
        new($"The output {path} has a line at byte {position} that is no record: it is not this job's output. It was not touched.");

    // Of a torn record there may be less than that, and of an empty file there is.
    private static bool BeginsAsOutput(FileStream file)
    {
        Span<byte> first = stackalloc byte[Beginning.Length];
        return Beginning.StartsWith(first[..RandomAccess.Read(file.SafeFileHandle, first, 0)]);
    }
}
