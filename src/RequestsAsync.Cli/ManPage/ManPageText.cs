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
        (Code(ExitCode.SomeFailed), "Some requests of a bulk job ended with an error; each has its record."),
        (Code(ExitCode.Usage), "The arguments make no sense."),
        (Code(ExitCode.Interrupted), "Ctrl-C."),
        (Code(ExitCode.ReaderGone), "Nobody reads the output any more."),
        (Code(ExitCode.Terminated), "It was asked to end by SIGTERM."),
    ];

    public static readonly (string Term, string Meaning)[] Files =
    [
        ("~/.config/requests/config.json", "The configuration; 'default_options' are put before the arguments."),
        ("~/.config/requests/sessions/HOST/NAME.json", "What --session NAME keeps for a host: cookies, headers and credentials. For its owner alone."),
        ("~/.netrc", "Credentials by host, where --auth and a session give none."),
        ("NAME.part, NAME.part.json", "A download that is not whole yet, and what is needed to go on with it."),
    ];

    public static readonly (string Term, string Meaning)[] Environment =
    [
        ("REQUESTS_CONFIG_DIR", "The folder of the configuration and the sessions, instead of ~/.config/requests."),
        ("XDG_CONFIG_HOME", "The folder that holds 'requests' with them, instead of ~/.config."),
        ("NETRC", "The netrc file, instead of ~/.netrc."),
        ("HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY", "The proxies, and the hosts without one, where --proxy says nothing."),
        ("REQUESTS_FRONTIER", "The database of bulk jobs that many workers share, where --frontier says nothing."),
        ("NO_COLOR", "When it is set and not empty, nothing is coloured."),
        ("CLICOLOR_FORCE", "When it is set and not 0, output is coloured in a pipe too."),
        ("CLICOLOR", "When it is 0, a terminal gets no colours."),
        ("TERM", "A 'dumb' terminal gets no colours."),
        ("COLUMNS", "How wide the terminal is, where it does not tell."),
    ];

    public static readonly string[] Examples =
    [
        "requests :3000/users page==2",
        "requests PUT example.org/users/1 name=Ana",
        "requests --download example.org/picture.png",
        "requests --curl example.org name=Ana",
        "requests curl 'curl -L https://example.org' --print csharp",
        "requests -m example.org",
        "requests bulk urls.txt -o results.jsonl",
    ];

    private static string Code(int code) => code.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
