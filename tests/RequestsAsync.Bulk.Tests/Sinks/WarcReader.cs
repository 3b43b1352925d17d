namespace RequestsAsync.Bulk.Tests;

/// <summary>The command <c>warcio</c>, installed once from npm into a folder of the machine's temporary files.</summary>
internal static class WarcReader
{
    private const string Package = "warcio@2.4.11";

    /// <summary>Where its program is; <see langword="null"/> where it cannot be had.</summary>
    public static async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        string folder = Path.Combine(Path.GetTempPath(), "requests-warcio");
        string tool = Path.Combine(folder, "node_modules", ".bin", "warcio");
        if (File.Exists(tool)) return tool;
        if (ForeignProgram.Find("npm") is not { } npm) return null;

        (int code, _) = await ForeignProgram.RunAsync(npm, Path.GetTempPath(), cancellationToken, "install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", Package);
        return code == 0 && File.Exists(tool) ? tool : null;
    }

    /// <summary>Lists the records of all files in a folder: a JSON object each.</summary>
    public static Task<(int Code, string Output)> RunAsync(string tool, string folder, CancellationToken cancellationToken) =>
        ForeignProgram.RunAsync(tool, folder, cancellationToken, ["index", .. Directory.GetFiles(folder, "*.warc.gz")]);
}
