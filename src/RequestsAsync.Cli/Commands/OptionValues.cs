using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RequestsAsync.Cli;

/// <summary>Reads the values of options; what cannot be read is an error of usage.</summary>
internal static class OptionValues
{
    /// <summary><c>Name: value</c>; <c>Name:</c> takes a default header away and <c>Name;</c> sends it empty, as curl does.</summary>
    public static Headers Headers(ArgumentResult result)
    {
        Headers headers = [];
        foreach (Token token in result.Tokens)
        {
            string text = token.Value;
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 && text.EndsWith(';'))
                headers.Add(text[..^1].Trim(), "");
            else if (colon <= 0)
                result.AddError($"A header reads 'Name: value', and '{text}' does not.");
            else if (text.AsSpan(colon + 1).IsWhiteSpace())
                headers[text[..colon].Trim()] = null;
            else
                headers.Add(text[..colon].Trim(), text[(colon + 1)..].Trim(' '));
        }

        return headers;
    }

    /// <summary><c>name=value</c>, as often as wanted.</summary>
    public static Parameters Pairs(ArgumentResult result)
    {
        Parameters pairs = [];
        foreach (Token token in result.Tokens)
        {
            int equals = token.Value.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) result.AddError($"A field reads 'name=value', and '{token.Value}' does not.");
            else pairs.Add(token.Value[..equals], token.Value[(equals + 1)..]);
        }

        return pairs;
    }

    /// <summary>A JSON text, checked before it is sent.</summary>
    public static Body? Json(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Body.FromBytes(Encoding.UTF8.GetBytes(text), "application/json");
        }
        catch (System.Text.Json.JsonException e)
        {
            result.AddError($"The value of --json is not JSON: {e.Message}");
            return null;
        }
    }

    /// <summary>A number of seconds, more than none.</summary>
    public static TimeSpan? Seconds(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and <= 4_000_000)
            return TimeSpan.FromSeconds(seconds);

        result.AddError($"--timeout takes a number of seconds above 0, not '{text}'.");
        return null;
    }

    /// <summary>A TCP port; 0 is any free one.</summary>
    public static int Port(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)) return port;

        result.AddError($"--port takes a number from 0 to 65535, not '{text}'.");
        return 0;
    }
}
