namespace RequestsAsync.Cli;

/// <summary>One option of curl's: its names, whether it takes a value, and what it means here.</summary>
/// <param name="Name">The long name, without dashes.</param>
/// <param name="Letter">The short name, or <see langword="null"/>.</param>
/// <param name="TakesValue">Whether a value follows; otherwise <c>--no-NAME</c> turns it off.</param>
/// <param name="Apply">Notes it; <see langword="null"/> when it changes nothing about the request, such as a progress meter.</param>
/// <param name="Refusal">Why it cannot be done here, or <see langword="null"/>.</param>
internal sealed record CurlOption(string Name, char? Letter, bool TakesValue, CurlSetter? Apply, string? Refusal)
{
    public override string ToString() => "--" + Name;
}
