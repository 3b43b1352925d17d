namespace RequestsAsync.Tests;

/// <summary>What one call allocates, in bytes.</summary>
/// <param name="Call">Which call.</param>
/// <param name="Total">All of it.</param>
/// <param name="Own">What of it is this library's, and not the runtime's.</param>
internal sealed record AllocationFigure(string Call, long Total, long Own)
{
    public bool IsWithin(AllocationFigure allowed) => Total <= allowed.Total && Own <= allowed.Own;

    public override string ToString() => $"new(\"{Call}\", Total: {Total}, Own: {Own}),";
}
