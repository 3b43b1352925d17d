namespace RequestsAsync.Cli.Tests;

/// <summary>Curl commands without a process around them.</summary>
internal static class Scripts
{
    /// <summary>The surroundings of a command: a folder, a few variables, an input.</summary>
    public static CurlHost Host(string folder = "/", string input = "", params (string Name, string Value)[] variables) => new()
    {
        Folder = folder,
        Environment = name => Array.Find(variables, variable => variable.Name == name).Value,
        OpenInput = () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)),
    };

    /// <summary>The words of every command in a text.</summary>
    public static string[][] Words(string text, params (string Name, string Value)[] variables)
    {
        ShellScript script = ShellScript.Parse(text, new ShellVariables(Host(variables: variables).Environment, keepUnset: false));
        return [.. script.Commands.Select(command => command.Words.Select(word => word.Text).ToArray())];
    }

    /// <summary>The first part of a command line.</summary>
    public static CurlOperation Operation(string command, CurlHost? host = null) => CurlScript.Parse(command, host ?? Host(), isShown: false).Calls[0].Operations[0];

    /// <summary>The requests of a command line.</summary>
    public static DescribedRequest[] Describe(string command, CurlHost? host = null)
    {
        host ??= Host();
        return [.. CurlScript.Parse(command, host, isShown: false).Calls.SelectMany(call => call.Operations.SelectMany(operation => new CurlTranslator(call.Host).Translate(operation)))];
    }

    /// <summary>The one request of a command line.</summary>
    public static DescribedRequest Request(string command, CurlHost? host = null) => Assert.Single(Describe(command, host));

    /// <summary>Its content as text.</summary>
    public static string? Text(this DescribedRequest request) =>
        request.Content is DescribedContent.Bytes bytes ? System.Text.Encoding.UTF8.GetString(bytes.Content.Span) : null;

    /// <summary>The value of its header; <c>(none)</c> where it is taken away, and <see langword="null"/> where nothing is said.</summary>
    public static string? Header(this DescribedRequest request, string name)
    {
        int at = request.Headers.ToList().FindIndex(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return at < 0 ? null : request.Headers[at].Value ?? "(none)";
    }
}
