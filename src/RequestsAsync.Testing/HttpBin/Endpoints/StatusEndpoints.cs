using System.Globalization;
using System.Text;

namespace RequestsAsync.Testing;

/// <summary><c>/status/{codes}</c>: any status, or one of several by chance, each with a weight if wished.</summary>
internal static class StatusEndpoints
{
    internal static void Map(BinRoutes routes) => routes.Any("/status/{codes}", static call => AnswerAsync(call, Choose(call.Segment("codes"))));

    /// <summary>A status that ends an exchange: the interim ones below 200 would leave the client waiting for more.</summary>
    internal static int Parse(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int code) && code is >= 200 and <= 999
            ? code
            : throw new RejectedException("Invalid status code");

    /// <summary>Answers with a status and what httpbin sends along with it.</summary>
    internal static Task AnswerAsync(BinCall call, int code)
    {
        switch (code)
        {
            case 301 or 302 or 303 or 305 or 307:
                call.Response.Headers.Location = call.PathTo("/redirect/1");
                return call.SendAsync(code, contentType: null, default);
            case 304:
                return call.SendAsync(code, contentType: null, default);
            case 401:
                call.Response.Headers.WWWAuthenticate = "Basic realm=\"Fake Realm\"";
                return call.SendAsync(code, contentType: null, default);
            case 402:
                call.Response.Headers["X-More-Info"] = "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.3";
                return call.SendAsync(code, contentType: null, Encoding.UTF8.GetBytes("One coin, please.\n"));
            case 406:
                return call.JsonAsync(ImageEndpoints.WriteAcceptable, code);
            case 407:
                call.Response.Headers.ProxyAuthenticate = "Basic realm=\"Fake Realm\"";
                return call.SendAsync(code, contentType: null, default);
            case 418:
                call.Response.Headers["X-More-Info"] = "https://www.rfc-editor.org/rfc/rfc2324";
                return call.SendAsync(code, contentType: null, Encoding.UTF8.GetBytes("Short and stout, and no good at coffee.\n"));
            default:
                return call.SendAsync(code);
        }
    }

    private static int Choose(string codes)
    {
        if (!codes.Contains(',', StringComparison.Ordinal)) return Parse(codes);
        var choices = new List<(int Code, double Weight)>();
        foreach (string choice in codes.Split(','))
        {
            int colon = choice.IndexOf(':', StringComparison.Ordinal);
            choices.Add(colon < 0 ? (Parse(choice), 1) : (Parse(choice.AsSpan(0, colon)), ParseWeight(choice.AsSpan(colon + 1))));
        }

        double total = choices.Sum(static choice => choice.Weight);
        if (total <= 0 || !double.IsFinite(total)) throw new RejectedException("The weights must add up to more than nothing.");
        return Pick(choices, Random.Shared.NextDouble() * total);
    }

    /// <summary>The choice in whose share a point between 0 and the sum of the weights lies.</summary>
    internal static int Pick(IReadOnlyList<(int Code, double Weight)> choices, double point)
    {
        int last = choices[0].Code;
        foreach ((int code, double weight) in choices)
        {
            if (weight <= 0) continue;
            if (point < weight) return code;
            point -= weight;
            last = code;
        }

        // Rounding may leave a crumb behind the last share.
        return last;
    }

    private static double ParseWeight(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) && weight >= 0
            ? weight
            : throw new RejectedException("Invalid status code");
}
