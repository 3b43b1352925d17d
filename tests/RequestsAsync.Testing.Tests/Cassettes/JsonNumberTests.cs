using System.Text.Json;

namespace RequestsAsync.Testing.Tests;

public sealed class JsonNumberTests
{
    private static readonly string[] Numbers = ["0", "-0", "0.0", "0e5", "1", "1.0", "10e-1", "0.1e1", "-1", "10", "1e1", "100", "1E+2", "0.01", "1e-2", "1.5", "15e-1", "150e-2", "12345678901234567890", "12345678901234567891", "1e400", "10e399", "1e-400"];

    [Fact]
    public void Texts_are_the_same_where_the_numbers_are()
    {
        foreach (string one in Numbers)
        {
            Assert.True(Same(one, JsonNumber.Canonical(one)));
            foreach (string other in Numbers) Assert.Equal(Same(one, other), JsonNumber.Canonical(one) == JsonNumber.Canonical(other));
        }

        // The runtime compares the digits, and not what a double makes of them.
        static bool Same(string one, string other) => JsonElement.DeepEquals(JsonElement.Parse(one), JsonElement.Parse(other));
    }
}
