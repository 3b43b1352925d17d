namespace RequestsAsync.Testing;

/// <summary>Which fields' values stay out of messages: those that the library itself keeps from other origins.</summary>
internal static class Secrets
{
    private static readonly HashSet<string> Names = new(
        ["Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", .. new SessionOptions().SensitiveHeaders], StringComparer.OrdinalIgnoreCase);

    internal static bool Hides(string name) => Names.Contains(name) || name.Contains("password", StringComparison.OrdinalIgnoreCase) || name.Contains("secret", StringComparison.OrdinalIgnoreCase);
}
