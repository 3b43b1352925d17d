namespace RequestsAsync;

/// <summary>Reads the files that options name.</summary>
internal static class CertificateFile
{
    /// <exception cref="InvalidRequestException">The file cannot be read.</exception>
    public static string ReadText(string path) => Read(path, File.ReadAllText);

    /// <exception cref="InvalidRequestException">The file cannot be read.</exception>
    public static byte[] ReadBytes(string path) => Read(path, File.ReadAllBytes);

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InvalidRequestException($"The certificate file '{path}' cannot be read: {e.Message}", e);
        }
    }
}
