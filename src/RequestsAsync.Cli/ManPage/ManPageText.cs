namespace RequestsAsync.Cli;

/// <summary>What the manual page says beyond the options.</summary>
internal static class ManPageText
{
    public const string Description = """
        Sends one HTTP request and prints the answer: on a terminal formatted, coloured and with its headers, in a pipe the body alone, byte by byte. The method is GET, or POST with content. ':3000/x' and ':/x' are on localhost. Without a scheme it is http:// for this machine and https:// for every other.
        """;

    public static readonly (string Term, string Meaning)[] Items =
    [
        ("Name:Value", "A header. 'Name:' takes a default one away, 'Name;' sends it empty, 'Name:@file' reads the value."),
        ("name==value", "A parameter of the query."),
        ("name=value", "A field of the content, JSON unless --form is given."),
        ("name:=json", "A field whose value is JSON: a number, a list, an object."),
        ("name@path", "A file to upload."),
        ("@path", "A file as the whole content."),
    ];

    public static readonly (string Term, string Meaning)[] ExitCodes =
    [
        (Code(ExitCode.Success), "The answer is good."),
        (Code(ExitCode.Error), "An error: no connection, no such host, a file that cannot be written."),
        (Code(ExitCode.Timeout), "A timeout."),
        ("3, 4, 5", "The answer's status is 3xx, 4xx or 5xx."),
        (Code(ExitCode.TooManyRedirects), "Too many redirects."),
        (Code(ExitCode.Invalid), "The request is invalid, or its address is blocked."),
        (Code(ExitCode.Usage), "The arguments make no sense."),
        (Code(ExitCode.Interrupted), "Ctrl-C."),
    ];

    public static readonly (string Term, string Meaning)[] Files =
    [
        ("~/.config/requests/config.json", "The configuration; 'default_options' are put before the arguments."),
    ];

    public static readonly (string Term, string Meaning)[] Environment =
    [
        ("NO_COLOR", "When it is set and not empty, nothing is coloured."),
        ("CLICOLOR_FORCE", "When it is set and not 0, output is coloured in a pipe too."),
        ("TERM", "A 'dumb' terminal gets no colours."),
    ];

    public static readonly string[] Examples =
    [
        "requests :3000/users page==2",
        "requests PUT example.org/users/1 name=Ana",
        "requests --download example.org/picture.png",
        "requests --curl example.org name=Ana",
        "requests curl 'curl -L https://example.org' --print csharp",
        "requests -m example.org",
    ];

    private static string Code(int code) => code.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
