using System.Text;

namespace RequestsAsync.Testing;

/// <summary>What a failed verification says.</summary>
internal static class VerificationText
{
    private const int MaxCalls = 50;

    internal static string Of(List<string> complaints, IReadOnlyList<MockCall> calls)
    {
        StringBuilder text = new("The mock was not called as it should be:\n");
        foreach (string complaint in complaints)
            text.Append("  - ").Append(complaint).Append('\n');

        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Calls ({calls.Count}):\n");
        foreach (MockCall call in calls.Take(MaxCalls))
            text.Append("  ").Append(call.Number).Append(". ").Append(call).Append(" → ").Append(call.Reply?.ToString() ?? (call.Route is null ? "no route" : "no answer")).Append('\n');
        if (calls.Count > MaxCalls) text.Append("  …\n");
        return text.ToString();
    }
}
