namespace RequestsAsync.SideBySide;

/// <summary>Somebody who is compared: a client in this program, or a program of others.</summary>
/// <param name="Name">Its name in tables, results and on the command line.</param>
/// <param name="Kind">How it is run.</param>
/// <param name="Program">The Python script, or the program; empty for the clients in this one.</param>
internal sealed record Contender(string Name, ContenderKind Kind, string Program = "")
{
    /// <summary>The most connections it is asked for.</summary>
    public int MaxConnections { get; init; } = int.MaxValue;

    /// <summary>Whether a quick run leaves it out of all but the most important table.</summary>
    public bool OnlyInFocus { get; init; }
}
