using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace RequestsAsync.Testing;

/// <summary>Reads <c>multipart/form-data</c> (RFC 7578): a part with a file name is a file, any other a field.</summary>
internal static class MultipartForm
{
    // RFC 2046 §5.1.1 allows 70; some clients take more.
    private const int MaxBoundaryLength = 200;

    internal static async Task<(Fields Form, Fields Files)> ParseAsync(MediaTypeHeaderValue type, ReadOnlyMemory<byte> body)
    {
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > MaxBoundaryLength) throw new RejectedException("A multipart body needs the boundary in its Content-Type.");
        var form = new Fields();
        var files = new Fields();
        try
        {
            using var stream = new MemoryStream(body.ToArray(), writable: false);
            var reader = new MultipartReader(boundary, stream);
            while (await reader.ReadNextSectionAsync().ConfigureAwait(false) is { } section)
                await AddAsync(section, form, files).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new RejectedException($"The multipart body is broken: {e.Message}");
        }

        return (form, files);
    }

    private static async Task AddAsync(MultipartSection section, Fields form, Fields files)
    {
        if (section.GetContentDispositionHeader() is not { Name.HasValue: true } disposition)
            throw new RejectedException("A part of the multipart body has no name.");
        using var content = new MemoryStream();
        await section.Body.CopyToAsync(content).ConfigureAwait(false);
        ReadOnlySpan<byte> bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        string name = HeaderUtilities.UnescapeAsQuotedString(disposition.Name).ToString();
        if (disposition.FileName.HasValue || disposition.FileNameStar.HasValue)
            files.Add(name, EchoBody.TextOrDataUrl(bytes, section.ContentType ?? "application/octet-stream"));
        else form.Add(name, System.Text.Encoding.UTF8.GetString(bytes));
    }
}
