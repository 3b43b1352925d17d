using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

/// <summary>Texts for parsers: pieces of their grammar put together at random, with any other text among them.</summary>
internal static class Fragments
{
    public static Arbitrary<string> Of(params string[] pieces) =>
        Gen.OneOf(Gen.Elements(pieces), Gen.Elements(pieces), ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""))
            .ListOf()
            .Select(chosen => string.Concat(chosen))
            .ToArbitrary();
}
