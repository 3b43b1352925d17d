namespace RequestsAsync.Conformance;

/// <summary>Where the public suites' data lies: it is no part of this repository.</summary>
internal static class DataFolder
{
    /// <summary>The folder that the environment names, or the one beside the checkout that holds this build.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("CONFORMANCE_DATA") is { Length: > 0 } named) return System.IO.Path.GetFullPath(named);

        string root = Environment.CurrentDirectory;
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(at.FullName, "RequestsAsync.slnx"))) root = at.FullName;
        }

        return System.IO.Path.GetFullPath(System.IO.Path.Combine(root, "../shared/conformance"));
    }
}
