namespace RequestsAsync.Tests;

/// <summary>What one call allocates.</summary>
/// <param name="Call">Which call.</param>
/// <param name="Total">All its bytes.</param>
/// <param name="Own">What of them is this library's, and not the runtime's.</param>
/// <param name="Objects">All its objects, to within <see cref="Uncertainty"/>.</param>
internal sealed record AllocationFigure(string Call, long Total, long Own, int Objects)
{
    /// <summary>How far off a count of objects may be, which is an estimate from samples; several times what is usual.</summary>
    public const int Uncertainty = 4;

    public override string ToString() => $"new(\"{Call}\", Total: {Total}, Own: {Own}, Objects: {Objects}),";

    /// <summary>Whether no more is allocated than is allowed.</summary>
    public bool IsWithin(AllocationFigure allowed) => Total <= allowed.Total && Own <= allowed.Own && Objects <= allowed.Objects + Uncertainty;
}
