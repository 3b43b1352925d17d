using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace RequestsAsync.Testing;

/// <summary>
/// <c>/flaky/{ratio}</c>: fails that share of its requests, with a <c>status</c> or a reset. Which ones depends on <c>seed</c> and on how many
/// there were with this path, seed and <c>key</c>, and on nothing else.
/// </summary>
internal static class FlakyEndpoints
{
    internal static void Map(BinRoutes routes)
    {
        var sequence = new FlakySequence();
        routes.Any("/flaky/{ratio}", call => AnswerAsync(call, sequence));
    }

    private static Task AnswerAsync(BinCall call, FlakySequence sequence)
    {
        double ratio = Ratio(call.Segment("ratio"));
        long seed = call.Integer("seed", 0);
        int status = StatusEndpoints.Parse(call.Args.First("status") ?? "503");
        bool resets = call.Args.First("how") switch
        {
            null or "status" => false,
            "reset" => true,
            _ => throw new RejectedException("It fails how=status or how=reset."),
        };

        string row = string.Create(CultureInfo.InvariantCulture, $"{ratio} {seed} {call.Args.First("key")}");
        long number = sequence.Next(row);
        bool fails = FlakySequence.Fails(ratio, seed, number);
        if (fails && resets) return BrokenAnswer.BreakAsync(call);
        if (fails && call.Args.First("retry_after") is not null)
            call.Response.Headers.RetryAfter = call.Bounded("retry_after", 0, int.MaxValue).ToString(CultureInfo.InvariantCulture);
        return call.JsonAsync(
            json =>
            {
                json.WriteBoolean("failed", fails);
                json.WriteNumber("number", number);
                json.WriteNumber("ratio", ratio);
                json.WriteNumber("seed", seed);
            },
            fails ? status : StatusCodes.Status200OK);
    }

    private static double Ratio(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double ratio) && ratio is >= 0 and <= 1
            ? ratio
            : throw new RejectedException("The ratio is a number from 0 to 1.");
}
