using System.CommandLine;
using System.CommandLine.Parsing;

namespace RequestsAsync.Cli;

/// <summary><c>requests [METHOD] URL</c>: sends one request and prints the answer.</summary>
internal sealed class RequestCommand
{
    private readonly StandardStreams _streams;

    // Hidden, for the help of a subcommand would list it too.
    private readonly Argument<string[]> _target = new("URL") { Arity = new ArgumentArity(1, 2), Hidden = true };

    private readonly Option<Headers> _headers = new("--header", "-H")
    {
        Description = "A header, as often as wanted. 'Name:' takes a default one away, 'Name;' sends it empty.",
        HelpName = "Name: value",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = OptionValues.Headers,
    };

    private readonly Option<Parameters> _query = new("--query")
    {
        Description = "A parameter for the query, as often as wanted.",
        HelpName = "name=value",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = OptionValues.Pairs,
    };

    private readonly Option<string?> _data = new("--data", "-d") { Description = "Content: a text.", HelpName = "TEXT" };

    private readonly Option<Body?> _json = new("--json")
    {
        Description = "Content: JSON.",
        HelpName = "TEXT",
        CustomParser = OptionValues.Json,
    };

    private readonly Option<Parameters> _form = new("--form", "-f")
    {
        Description = "Content: a field of a form, as often as wanted.",
        HelpName = "name=value",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = OptionValues.Pairs,
    };

    private readonly Option<TimeSpan?> _timeout = new("--timeout")
    {
        Description = "How long it may take in all; no limit unless given.",
        HelpName = "SECONDS",
        CustomParser = OptionValues.Seconds,
    };

    private readonly Option<bool> _noFollow = new("--no-follow") { Description = "Print a redirect instead of following it." };

    private readonly Option<string?> _output = new("--output", "-o") { Description = "Write the body to a file.", HelpName = "FILE" };

    private readonly OutputOptions _printing = new();

    public RequestCommand(StandardStreams streams) => _streams = streams;

    /// <summary>Makes this what the bare command does.</summary>
    public void AddTo(RootCommand root)
    {
        _target.Validators.Add(CheckTarget);
        root.Arguments.Add(_target);
        foreach (Option option in (Option[])[_headers, _query, _data, _json, _form, _timeout, _noFollow, _output])
            root.Options.Add(option);
        _printing.AddTo(root);
        root.Validators.Add(CheckContent);
        root.SetAction(RunAsync);
    }

    private static void CheckTarget(ArgumentResult result)
    {
        if (result.Tokens.FirstOrDefault(static word => word.Value.StartsWith('-')) is { } option)
            result.AddError($"There is no option '{option.Value}'.");
        else if (result.Tokens is [var only] && only.Value.All(char.IsAsciiLetterUpper)) // no host is written so
            result.AddError($"After the method {only.Value} the URL is missing.");
        else if (result.Tokens is [var method, _] && method.Value.AsSpan().ContainsAny(".:/"))
            result.AddError($"'{method.Value}' is no method: it reads requests [METHOD] URL.");
    }

    private void CheckContent(CommandResult result)
    {
        int contents = 0;
        foreach (Option option in (Option[])[_data, _json, _form])
        {
            if (result.GetResult(option) is not null) contents++;
        }

        if (contents > 1) result.AddError("A request has one content: choose one of --data, --json and --form.");
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        Session session = new();
        await using (session.ConfigureAwait(false))
        {
            Response response = await session.StreamAsync(Describe(parsed), stopping).ConfigureAwait(false);
            await using (response.ConfigureAwait(false))
            {
                string? path = parsed.GetValue(_output);
                PrintOptions options = _printing.Read(parsed, _streams, path is null ? MessageParts.Response : MessageParts.ResponseHead);
                await new MessagePrinter(_streams, options).WriteResponseAsync(response, stopping).ConfigureAwait(false);
                if (path is not null) await BodyFile.WriteAsync(path, response, stopping).ConfigureAwait(false);
                return ExitCode.OfStatus(response.StatusCode);
            }
        }
    }

    private Request Describe(ParseResult parsed)
    {
        RequestOptions options = new()
        {
            Headers = parsed.GetValue(_headers) ?? [],
            Query = parsed.GetValue(_query) ?? [],
            Form = parsed.GetValue(_form) ?? [],
            Content = parsed.GetValue(_json) ?? (Body?)parsed.GetValue(_data),
            Timeout = parsed.GetValue(_timeout) is { } limit ? limit : null,
            FollowRedirects = parsed.GetValue(_noFollow) ? false : null,
        };
        bool hasContent = options.Content is not null || options.Form.Count > 0;
        string[] target = parsed.GetRequiredValue(_target);
        return target.Length == 2
            ? new(target[0], UrlShorthand.Expand(target[1]), options)
            : new(hasContent ? "POST" : "GET", UrlShorthand.Expand(target[0]), options);
    }
}
