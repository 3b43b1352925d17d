using System.CommandLine;

namespace RequestsAsync.Cli;

/// <summary>The options that say what the body is.</summary>
internal sealed class ContentOptions
{
    private readonly Option<bool> _json = OptionKinds.Flag("--json", "Fields are members of a JSON object; so it is unless told otherwise.", "-j");
    private readonly Option<bool> _form = OptionKinds.Flag("--form", "Fields are those of a form.", "-f");
    private readonly Option<bool> _multipart = OptionKinds.Flag("--multipart", "A form in parts, also without a file.");
    private readonly Option<string?> _boundary = OptionKinds.Text("--boundary", "TEXT", "What separates the parts.");
    private readonly Option<string?> _raw = OptionKinds.Text("--raw", "TEXT", "The whole body.");
    private readonly Option<bool> _compress = OptionKinds.Flag("--compress", "Compress the body with gzip, where that makes it shorter.", "-x");
    private readonly Option<bool> _chunked = OptionKinds.Flag("--chunked", "Send the body in chunks, without its length.");
    private readonly Option<bool> _ignoreStdin = OptionKinds.Flag("--ignore-stdin", "Never read the input.", "-I");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_json, _form, _multipart, _boundary, _raw, _compress, _chunked, _ignoreStdin])
            command.Options.Add(option);
    }

    public ContentSettings Read(ParseResult parsed)
    {
        string? last = OptionKinds.Last(parsed, "--json", "-j", "--form", "-f", "--multipart");
        return new()
        {
            Kind = last switch { "--form" or "-f" => ContentKind.Form, "--multipart" => ContentKind.Multipart, _ => ContentKind.Json },
            IsKindGiven = last is not null,
            Boundary = parsed.GetValue(_boundary),
            Raw = parsed.GetValue(_raw),
            IsCompressed = parsed.GetValue(_compress),
            IsChunked = parsed.GetValue(_chunked),
            ReadsInput = !parsed.GetValue(_ignoreStdin),
        };
    }
}
