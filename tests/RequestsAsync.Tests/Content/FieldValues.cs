using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

/// <summary>Generators of what field values are made of, right and wrong.</summary>
internal static class FieldValues
{
    /// <summary>Strings of the characters that mean something in a field value, which random text seldom holds.</summary>
    public static Arbitrary<string> Noise { get; } =
        Gen.Elements(";", ",", "=", "\"", "\\", "<", ">", "'", "*", " ", "\t", "%", "%2", "%2F", "/", "a", "rel", "filename", "filename*", "UTF-8''", "é", "\0", "\ud800")
            .ListOf()
            .Select(string.Concat)
            .ToArbitrary();
}
