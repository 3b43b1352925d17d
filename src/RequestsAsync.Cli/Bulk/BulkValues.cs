using System.CommandLine.Parsing;
using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary>Reads the values of <c>requests bulk</c>'s options; what cannot be read is an error of usage.</summary>
internal static class BulkValues
{
    /// <summary>A time: <c>200ms</c>, <c>1.5s</c>, <c>2m</c>, <c>1h</c>; a bare number is in seconds.</summary>
    public static bool TryTime(string text, out TimeSpan time)
    {
        (string number, double unit) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 0.001),
            _ when text.EndsWith('s') => (text[..^1], 1d),
            _ when text.EndsWith('m') => (text[..^1], 60),
            _ when text.EndsWith('h') => (text[..^1], 3600),
            _ => (text, 1),
        };
        time = default;
        // "NaN" and "-Infinity" are numbers too.
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) || value * unit is not (>= 0 and <= 86_400)) return false;
        time = TimeSpan.FromSeconds(value * unit);
        return true;
    }

    /// <summary>A rate: <c>1000/s</c>, <c>600/m</c>, <c>50/h</c>; a bare number is by the second.</summary>
    public static bool TryRate(string text, out int permits, out TimeSpan window)
    {
        string[] parts = text.Split('/', 2);
        window = (parts.Length == 1 ? "s" : parts[1]) switch
        {
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => TimeSpan.Zero,
        };
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out permits) && permits > 0 && window > TimeSpan.Zero;
    }

    /// <summary>A size in bytes: <c>512</c>, <c>64k</c>, <c>10M</c>, <c>1G</c>, by powers of 1024.</summary>
    public static bool TrySize(string text, out long bytes)
    {
        int shift = text.Length == 0 ? 0 : char.ToLowerInvariant(text[^1]) switch { 'k' => 10, 'm' => 20, 'g' => 30, _ => 0 };
        bool isNumber = long.TryParse(shift == 0 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out bytes) && bytes <= 1L << 31;
        bytes <<= shift;
        return isNumber;
    }

    /// <summary>Reads an option's last value.</summary>
    public static T? Read<T>(ArgumentResult result, Reader<T> reader, string name, string takes)
    {
        string text = result.Tokens[^1].Value;
        if (reader(text, out T value)) return value;
        result.AddError($"{name} takes {takes}, not '{text}'.");
        return default;
    }

    /// <summary>Reads a value.</summary>
    public delegate bool Reader<T>(string text, out T value);
}
