using System.CommandLine;
using System.CommandLine.Parsing;

namespace RequestsAsync.Cli;

/// <summary>The options that say what is printed and how. Of one that is given twice the last counts, so that a command can overrule the configuration.</summary>
internal sealed class OutputOptions
{
    /// <summary>The sixteen colours that the terminal's owner has chosen.</summary>
    public const string AutoStyle = "auto";

    public const string MonokaiStyle = "monokai";

    private const string PartLetters = "HBhbm";
    private const string Sorted = "--sorted";
    private const string Unsorted = "--unsorted";

    /// <summary>The values of <c>--style</c>.</summary>
    public static readonly string[] Styles = [AutoStyle, MonokaiStyle];

    private readonly Option<MessageParts?> _print = new("--print", "-p")
    {
        Description = "What to print: H and B the request's headers and body, h and b the response's, m its metadata.",
        HelpName = PartLetters,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ReadParts,
    };

    private readonly Option<bool> _headers = OptionKinds.Flag("--headers", "Print the response's headers.", "-h");
    private readonly Option<bool> _body = OptionKinds.Flag("--body", "Print the response's body.", "-b");
    private readonly Option<bool> _meta = OptionKinds.Flag("--meta", "Print times, addresses and versions.", "-m");
    private readonly Option<bool> _verbose = OptionKinds.Flag("--verbose", "Print the whole exchange with its redirects; twice, also the metadata.", "-v");
    private readonly Option<bool> _all = OptionKinds.Flag("--all", "Print the redirects on the way too.");

    private readonly Option<string> _pretty = Choice("--pretty", "Format and colour it, or do not.", "all", "colors", "format", "none");

    private readonly Option<string> _style = Choice("--style", "The colours.", Styles);

    private readonly Option<string?> _format = new("--format-options")
    {
        Description = "Fine points of formatting, these unless told otherwise: " + FormatOptions.DefaultText + ".",
        HelpName = "NAME:VALUE,…",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ReadFormat,
    };

    private readonly Option<bool> _sorted = OptionKinds.Flag(Sorted, "Sort header fields and the names in JSON.");
    private readonly Option<bool> _unsorted = OptionKinds.Flag(Unsorted, "Leave them as they came; so it is unless told otherwise.");

    private readonly Option<string?> _charset = new("--response-charset")
    {
        Description = "The encoding of the body, whatever the server says.",
        HelpName = "ENCODING",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ReadCharset,
    };

    private readonly Option<string?> _mime = OptionKinds.Text("--response-mime", "TYPE", "The media type to format the body by, whatever the server says.");
    private readonly Option<bool> _stream = OptionKinds.Flag("--stream", "Print the body line by line as it comes.", "-S");
    private readonly Option<bool> _quiet = OptionKinds.Flag("--quiet", "Print nothing but errors.", "-q");

    public OutputOptions()
    {
        _print.CompletionSources.Clear(); // the letters go together; the parser would offer the names of the enumeration
        _style.Aliases.Add("-s");
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_print, _headers, _body, _meta, _verbose, _all, _pretty, _style, _format, _sorted, _unsorted, _charset, _mime, _stream, _quiet])
            command.Options.Add(option);
    }

    /// <summary>What they say: without them the whole response for a person, its body alone for a program.</summary>
    public PrintOptions Read(ParseResult parsed, StandardStreams streams) =>
        Read(parsed, streams, streams.IsTerminal ? MessageParts.Response : MessageParts.ResponseBody);

    /// <summary>What they say.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="streams">Where it is printed.</param>
    /// <param name="usual">What is printed where they say nothing.</param>
    public PrintOptions Read(ParseResult parsed, StandardStreams streams, MessageParts usual)
    {
        bool isQuiet = parsed.GetValue(_quiet);
        int verbosity = parsed.GetResult(_verbose)?.IdentifierTokenCount ?? 0;
        MessageParts parts = isQuiet ? MessageParts.None : Told(parsed, verbosity) ?? usual;
        string? pretty = parsed.GetValue(_pretty);
        return new PrintOptions
        {
            Last = parts,
            Intermediate = verbosity > 0 || parsed.GetValue(_all) ? parts : MessageParts.None,
            Colors = pretty is null ? streams.WantsColors : pretty is "all" or "colors",
            Format = pretty is null ? streams.IsTerminal : pretty is "all" or "format",
            Stream = parsed.GetValue(_stream),
            IsTerminal = streams.IsTerminal,
            IsQuiet = isQuiet,
            Width = parts.HasFlag(MessageParts.Meta) ? streams.Width : StandardStreams.UsualWidth, // the terminal is asked only for what is laid out in columns
            Formatting = FormattingOf(parsed),
            ResponseCharset = parsed.GetValue(_charset),
            ResponseMime = parsed.GetValue(_mime),
            Style = parsed.GetValue(_style) ?? AutoStyle,
        };
    }

    // Nothing may have been told, and also that nothing is to be printed: --print ''
    private MessageParts? Told(ParseResult parsed, int verbosity)
    {
        MessageParts parts = parsed.GetValue(_print) ?? MessageParts.None;
        if (parsed.GetValue(_headers)) parts |= MessageParts.ResponseHead;
        if (parsed.GetValue(_body)) parts |= MessageParts.ResponseBody;
        if (verbosity > 0) parts |= MessageParts.Request | MessageParts.Response;
        if (verbosity > 1 || parsed.GetValue(_meta)) parts |= MessageParts.Meta;
        return parts == MessageParts.None && parsed.GetValue(_print) is null ? null : parts;
    }

    private static MessageParts? ReadParts(ArgumentResult result)
    {
        MessageParts parts = MessageParts.None;
        foreach (char letter in result.Tokens[^1].Value)
        {
            int at = PartLetters.IndexOf(letter, StringComparison.Ordinal);
            if (at < 0) result.AddError($"--print takes the letters {PartLetters}, not '{letter}'.");
            else parts |= (MessageParts)(1 << at);
        }

        return parts;
    }

    // What one of them says of a single point counts more than a word about all sorting.
    private FormatOptions FormattingOf(ParseResult parsed)
    {
        bool isSorted = OptionKinds.Last(parsed, Sorted, Unsorted) == Sorted;
        FormatOptions options = isSorted ? FormatOptions.Default with { HeadersSort = true, JsonSortKeys = true } : FormatOptions.Default;
        return options.With(parsed.GetValue(_format) ?? "", out _) ?? options;
    }

    // Each adds to those before.
    private static string? ReadFormat(ArgumentResult result)
    {
        string all = string.Join(',', result.Tokens.Select(static token => token.Value));
        _ = FormatOptions.Default.With(all, out string? error);
        if (error is not null) result.AddError(error);
        return all;
    }

    private static string? ReadCharset(ArgumentResult result)
    {
        string label = result.Tokens[^1].Value;
        if (TextEncodings.ForLabel(label) is null) result.AddError($"--response-charset takes the name of an encoding, utf-8 or big5 for example, not '{label}'.");
        return label;
    }

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        Option<string> option = new(name)
        {
            Description = description,
            HelpName = string.Join('|', values),
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result =>
            {
                string value = result.Tokens[^1].Value;
                if (!values.Contains(value)) result.AddError($"{name} takes {string.Join(", ", values)}, not '{value}'.");
                return value;
            },
        };
        option.CompletionSources.Add(values);
        return option;
    }
}
