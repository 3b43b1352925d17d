using System.Text;

namespace RequestsAsync.Testing;

/// <summary>What a request without a route is told.</summary>
internal static class UnmatchedText
{
    private const int MaxRoutes = 10;

    internal static UnmatchedRequestException Of(MockCall call, IReadOnlyList<MockRoute> routes)
    {
        StringBuilder text = new($"{call} matches no route of the mock.");
        MockRoute? nearest = null;
        if (routes.Count == 0)
        {
            text.Append(" It has none: make one with On(…).Reply(…).\n");
        }
        else
        {
            (nearest, List<Mismatch> mismatches) = Nearest(call, routes);
            text.Append("\nNearest: ").Append(nearest).Append('\n');
            foreach (Mismatch mismatch in mismatches)
                text.Append("  - ").Append(mismatch.Text).Append('\n');
        }

        AppendOthers(text, [.. routes.Where(route => route != nearest)]);
        text.Append("Request:\n").Append(CallText.Describe(call));
        return new UnmatchedRequestException(text.ToString(), call, nearest);
    }

    private static (MockRoute Route, List<Mismatch> Mismatches) Nearest(MockCall call, IReadOnlyList<MockRoute> routes) =>
        routes.Select(route => (Route: route, Mismatches: route.Explain(call))).MinBy(found => found.Mismatches.Sum(mismatch => mismatch.Weight));

    private static void AppendOthers(StringBuilder text, IReadOnlyList<MockRoute> others)
    {
        if (others.Count == 0) return;

        text.Append("Other routes:\n");
        foreach (MockRoute route in others.Take(MaxRoutes))
            text.Append("  ").Append(route).Append('\n');
        if (others.Count > MaxRoutes) text.Append("  … and ").Append(others.Count - MaxRoutes).Append(" more\n");
    }
}
