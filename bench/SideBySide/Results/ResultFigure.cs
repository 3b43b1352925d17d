namespace RequestsAsync.SideBySide;

/// <summary>A figure in the file of results.</summary>
/// <param name="Figure">Its spread over the rounds.</param>
/// <param name="Ratio">The spread of its ratios to the base's in the same rounds; <see langword="null"/> where the base has none.</param>
internal sealed record ResultFigure(Spread Figure, Spread? Ratio)
{
    private const int Decimals = 6; // CPU time is known to the microsecond

    public static ResultFigure Of(Spread figure, Spread? ratio) => new(figure.Rounded(Decimals), ratio?.Rounded(Decimals));
}
