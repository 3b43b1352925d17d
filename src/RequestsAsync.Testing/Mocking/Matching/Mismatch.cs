namespace RequestsAsync.Testing;

/// <summary>A difference between a request and a route.</summary>
/// <param name="Weight">How far it takes the two apart.</param>
/// <param name="Text">What differs: what was expected, and what came.</param>
internal readonly record struct Mismatch(int Weight, string Text)
{
    internal const int OfOrigin = 1000;
    internal const int OfPathPart = 100;
    internal const int OfMethod = 30;
    internal const int OfBody = 5;
    internal const int OfField = 4;
    internal const int OfJsonPath = 1;
    internal const int OfCount = 0;
}
