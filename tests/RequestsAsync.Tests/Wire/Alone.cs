namespace RequestsAsync.Tests;

/// <summary>The tests that measure the process and so must have it for themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = nameof(Alone);
}
