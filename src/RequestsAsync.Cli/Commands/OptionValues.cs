using System.CommandLine.Parsing;
using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary>Reads the values of options; what cannot be read is an error of usage.</summary>
internal static class OptionValues
{
    /// <summary>A number of seconds, more than none.</summary>
    public static TimeSpan? Seconds(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and <= 4_000_000)
            return TimeSpan.FromSeconds(seconds);

        result.AddError($"--timeout takes a number of seconds above 0, not '{text}'.");
        return null;
    }

    /// <summary>A TCP port; 0 is any free one.</summary>
    public static int Port(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)) return port;

        result.AddError($"--port takes a number from 0 to 65535, not '{text}'.");
        return 0;
    }
}
