using System.Security.Cryptography;
using System.Text;

namespace RequestsAsync;

/// <summary>Fields and then files as multipart/form-data (RFC 7578), written one after another.</summary>
internal sealed class MultipartBody : Body
{
    private readonly MultipartWriter _framing;
    private readonly Body[] _contents;

    private MultipartBody(MultipartWriter framing, Body[] contents)
        : base(framing.ContentType)
    {
        _framing = framing;
        _contents = contents;
    }

    public override long? Length => _framing.Length;

    public override bool CanReplay => Array.TrueForAll(_contents, static content => content.CanReplay);

    internal override bool CanWriteBlocking => Array.TrueForAll(_contents, static content => content.CanWriteBlocking);

    internal override bool IsSpent => Array.Exists(_contents, static content => content.IsSpent);

    /// <summary>Puts the parts together.</summary>
    /// <param name="boundary">What separates them; at random when <see langword="null"/>.</param>
    /// <param name="fields">The fields, sent first.</param>
    /// <param name="files">The files, sent after them.</param>
    /// <exception cref="InvalidRequestException">A file or a part's header cannot be sent.</exception>
    public static MultipartBody Make(string? boundary, Parameters? fields, FileParts? files)
    {
        List<MultipartPart> parts = [];
        List<Body> contents = [];
        foreach ((string name, ParameterValue values) in fields ?? [])
        {
            for (int i = 0; i < values.Count; i++)
                Add(new MultipartPart(name), FromBytes(Encoding.UTF8.GetBytes(values[i])));
        }

        foreach ((string name, Upload file) in files ?? [])
            Add(Describe(name, file), file.Open());

        boundary ??= RandomNumberGenerator.GetHexString(32, lowercase: true);
        return new(new MultipartWriter(boundary, parts), [.. contents]);

        void Add(MultipartPart part, Body content)
        {
            parts.Add(part with { Length = content.Length });
            contents.Add(content);
        }
    }

    internal override void WriteTo(Stream target, CancellationToken cancellationToken)
    {
        for (int i = 0; i < _contents.Length; i++)
        {
            target.Write(_framing.HeaderOf(i).Span);
            _contents[i].WriteTo(target, cancellationToken);
        }

        target.Write(_framing.Closing.Span);
    }

    internal override async ValueTask WriteToAsync(Stream target, CancellationToken cancellationToken)
    {
        for (int i = 0; i < _contents.Length; i++)
        {
            await target.WriteAsync(_framing.HeaderOf(i), cancellationToken).ConfigureAwait(false);
            await _contents[i].WriteToAsync(target, cancellationToken).ConfigureAwait(false);
        }

        await target.WriteAsync(_framing.Closing, cancellationToken).ConfigureAwait(false);
    }

    // Without a file name most servers take a part for a field, so the field's own name stands in, as in requests.
    private static MultipartPart Describe(string name, Upload file) => new(name)
    {
        FileName = file.FileName switch { null => name, "" => null, var given => given },
        ContentType = file.ContentType,
        Headers = [.. file.HeadersOrNull ?? []],
    };
}
