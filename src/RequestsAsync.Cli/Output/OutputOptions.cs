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

    /// <summary>The values of <c>--style</c>.</summary>
    public static readonly string[] Styles = [AutoStyle, MonokaiStyle];

    private readonly Option<MessageParts?> _print = new("--print", "-p")
    {
        Description = "What to print: H and B the request's headers and body, h and b the response's, m its metadata.",
        HelpName = PartLetters,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ReadParts,
    };

    private readonly Option<bool> _headers = new("--headers", "-h") { Description = "Print the response's headers." };

    private readonly Option<bool> _body = new("--body", "-b") { Description = "Print the response's body." };

    private readonly Option<bool> _meta = new("--meta", "-m") { Description = "Print times, addresses and versions." };

    private readonly Option<bool> _verbose = new("--verbose", "-v")
    {
        Description = "Print the whole exchange with its redirects; twice, also the metadata.",
    };

    private readonly Option<bool> _all = new("--all") { Description = "Print the redirects on the way too." };

    private readonly Option<string> _pretty = Choice("--pretty", "Format and colour it, or do not.", "all", "colors", "format", "none");

    private readonly Option<string> _style = Choice("--style", "The colours.", Styles);

    private readonly Option<FormatOptions?> _format = new("--format-options")
    {
        Description = "Fine points of formatting: json.indent:4, json.sort_keys:false, headers.sort:false.",
        HelpName = "NAME:VALUE,…",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ReadFormat,
    };

    private readonly Option<bool> _stream = new("--stream", "-S") { Description = "Print the body line by line as it comes." };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print nothing but errors." };

    public OutputOptions() => _print.CompletionSources.Clear(); // the letters go together; the parser would offer the names of the enumeration

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_print, _headers, _body, _meta, _verbose, _all, _pretty, _style, _format, _stream, _quiet])
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
        MessageParts told = Told(parsed, verbosity);
        MessageParts parts = isQuiet ? MessageParts.None : told != MessageParts.None ? told : usual;
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
            Width = parts.HasFlag(MessageParts.Meta) ? streams.Width : StandardStreams.UsualWidth, // the runtime sets the terminal up to ask it
            Formatting = parsed.GetValue(_format) ?? FormatOptions.Default,
            Style = parsed.GetValue(_style) ?? AutoStyle,
        };
    }

    private MessageParts Told(ParseResult parsed, int verbosity)
    {
        MessageParts parts = parsed.GetValue(_print) ?? MessageParts.None;
        if (parsed.GetValue(_headers)) parts |= MessageParts.ResponseHead;
        if (parsed.GetValue(_body)) parts |= MessageParts.ResponseBody;
        if (verbosity > 0) parts |= MessageParts.Request | MessageParts.Response;
        if (verbosity > 1 || parsed.GetValue(_meta)) parts |= MessageParts.Meta;
        return parts;
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

    private static FormatOptions? ReadFormat(ArgumentResult result)
    {
        FormatOptions? options = FormatOptions.Parse(result.Tokens[^1].Value, out string? error);
        if (error is not null) result.AddError(error);
        return options;
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
