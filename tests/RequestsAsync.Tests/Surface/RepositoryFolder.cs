namespace RequestsAsync.Tests;

/// <summary>Finds the checkout that this build came from.</summary>
internal static class RepositoryFolder
{
    public static string Find(string relative)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "RequestsAsync.slnx"))) return Path.Combine(at.FullName, relative);
        }

        throw new DirectoryNotFoundException("The tests do not run inside a checkout.");
    }
}
