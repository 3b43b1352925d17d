namespace RequestsAsync;

/// <summary>A user's name and password. Its text never holds the password.</summary>
internal sealed record UserCredentials(string UserName, string Password)
{
    public override string ToString() => $"{UserName}:***";
}
