using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class RequestedWaitTests
{
    private static readonly DateTimeOffset Now = new(2025, 6, 15, 12, 0, 0, TimeSpan.Zero); // 1749988800

    public static TheoryData<int, string, double?> Answers => new()
    {
        { 503, "", null },
        { 503, "Retry-After: 7", 7 },
        { 500, "Retry-After: Sun, 15 Jun 2025 12:01:30 GMT", 90 },
        { 503, "Retry-After: 7|Retry-After: 9|Retry-After: 8", 9 },
        { 429, "Retry-After: 7|RateLimit-Reset: 60|X-RateLimit-Reset: 60", 7 },
        { 429, "Retry-After: 0|RateLimit-Reset: 60", 0 },
        { 429, "Retry-After: soon|RateLimit-Reset: 60", 60 },

        { 429, "RateLimit-Reset: 50", 50 },
        { 503, "RateLimit-Reset: 50", 50 },
        { 503, "RateLimit-Remaining: 0|RateLimit-Reset: 50", 50 },
        { 503, "RateLimit-Remaining: 3|RateLimit-Reset: 50", null },
        { 429, "RateLimit-Remaining: 3|RateLimit-Reset: 50", 50 },
        { 429, "RateLimit-Reset: 1749988860", 60 },
        { 429, "RateLimit-Reset: -5", 0 },
        { 429, "RateLimit-Reset: soon", null },
        { 429, "RateLimit-Remaining: 0", null },

        { 429, "RateLimit: \"policy\";r=0;t=5", 5 },
        { 503, "RateLimit: \"policy\";r=0;t=5", 5 },
        { 503, "RateLimit: policy; t=5 ;r=0", 5 },
        { 503, "RateLimit: \"policy\";r=12;t=5", null },
        { 429, "RateLimit: \"policy\";r=12;t=5", 5 },
        { 503, "RateLimit: \"policy\";t=5", 5 },
        { 429, "RateLimit: \"policy\";r=0", null },
        { 429, "RateLimit: \"burst\";r=0;t=5, \"daily\";r=90;t=3600", 5 },
        { 429, "RateLimit: \"burst\";r=0;t=5|RateLimit: \"daily\";r=0;t=3600", 3600 },
        { 429, "RateLimit: \"burst\";r=3;t=5, \"daily\";r=90;t=3600", 3600 },
        { 429, "RateLimit: \"a;t=9, b\\\";t=9\";r=0;t=5", 5 },
        { 429, "RateLimit: limit=100, remaining=0, reset=5", 5 },
        { 503, "RateLimit: limit=100, remaining=0, reset=5", 5 },
        { 503, "RateLimit: limit=100,remaining=1,reset=5", null },
        { 503, "RateLimit: limit=100|RateLimit: reset=5|RateLimit: remaining=0", 5 },

        { 429, "X-RateLimit-Reset: 30", 30 },
        { 503, "X-RateLimit-Reset: 30", null },
        { 503, "X-RateLimit-Remaining: 0|X-RateLimit-Reset: 30", 30 },
        { 503, "X-RateLimit-Remaining: 1|X-RateLimit-Reset: 30", null },
        { 403, "x-ratelimit-remaining: 0|x-ratelimit-reset: 1749988830", 30 },
        { 429, "X-RateLimit-Reset: 1749988830.25", 30.25 },
        { 429, "X-RateLimit-Reset: 1749988830000", 30 },
        { 429, "X-RateLimit-Reset: 1749988700", 0 },
        { 429, "X-RateLimit-Reset: 999999999", 999_999_999 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void What_an_answer_asks(int status, string fields, double? seconds)
    {
        Headers headers = [];
        foreach (string field in fields.Split('|', StringSplitOptions.RemoveEmptyEntries))
            headers.Add(field[..field.IndexOf(':', StringComparison.Ordinal)], field[(field.IndexOf(':', StringComparison.Ordinal) + 2)..]);

        Assert.Equal(seconds, RequestedWait.Of(status, headers, Now)?.TotalSeconds);
    }

    [Theory]
    [InlineData("Retry-After")]
    [InlineData("RateLimit")]
    [InlineData("RateLimit-Reset")]
    [InlineData("RateLimit-Remaining")]
    [InlineData("X-RateLimit-Reset")]
    [InlineData("X-RateLimit-Remaining")]
    public void No_value_makes_it_throw_or_wait_backwards(string name)
    {
        Arbitrary<string> values = Fragments.Of(
            "\"p\"", ";", ",", "=", "r=", "t=", "remaining=", "reset=", "limit=", "\"", "\\", " ", "0", "1749988830", "99999999999", "-", ".", "79228162514264337593543950335");
        Prop.ForAll(values, value => !(RequestedWait.Of(429, new Headers { [name] = value, ["X-RateLimit-Reset"] = value }, Now) < TimeSpan.Zero)).QuickCheckThrowOnFailure();
    }
}
