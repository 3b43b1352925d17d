using System.Globalization;

namespace RequestsAsync.Testing;

/// <summary>A number of JSON in the one form in which equal ones have equal texts, however large or exact they are.</summary>
internal static class JsonNumber
{
    /// <summary>The digits without zeros around them, and the power of ten; 1, 1.0 and 10e-1 are <c>1</c>.</summary>
    /// <param name="number">The number as it is written (RFC 8259 §6).</param>
    public static string Canonical(string number)
    {
        bool isNegative = number.StartsWith('-');
        string[] parts = number.TrimStart('-').Split('e', 'E');
        string[] digits = parts[0].Split('.');
        string all = digits[0] + (digits.Length > 1 ? digits[1] : "");
        string significant = all.Trim('0');
        if (significant.Length == 0) return "0";
        if (!TryExponent(parts, out long exponent)) return number; // equal to no other that anybody writes

        exponent += all.Length - all.TrimEnd('0').Length - (digits.Length > 1 ? digits[1].Length : 0);
        string power = exponent == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"e{exponent}");
        return $"{(isNegative ? "-" : "")}{significant}{power}";
    }

    private static bool TryExponent(string[] parts, out long exponent)
    {
        exponent = 0;
        return parts.Length == 1 || (long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) && exponent is > -int.MaxValue and < int.MaxValue);
    }
}
