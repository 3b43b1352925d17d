namespace RequestsAsync;

/// <summary>One entry of a netrc file. A field that the file leaves out is <see langword="null"/>. Its text never holds the password.</summary>
/// <param name="Machine">The host; <see langword="null"/> for <c>default</c>.</param>
/// <param name="Login">The user's name.</param>
/// <param name="Password">The password.</param>
/// <param name="Account">The account, which HTTP has no use for.</param>
internal sealed record NetrcEntry(string? Machine, string? Login, string? Password, string? Account)
{
    public override string ToString() => $"{Machine ?? "default"} {Login}";
}
