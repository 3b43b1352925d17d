namespace RequestsAsync.Cli;

/// <summary>Makes a library's request of a description.</summary>
internal static class DescribedRequests
{
    /// <param name="description">What is asked for.</param>
    /// <param name="host">Where its files and its input are.</param>
    /// <param name="opened">Takes what must be closed after the request.</param>
    /// <exception cref="InvalidRequestException">Something in it cannot be sent.</exception>
    public static Request ToRequest(this DescribedRequest description, CurlHost host, ICollection<IDisposable> opened)
    {
        RequestOptions options = new() { ExpectContinue = description.ExpectContinue, Auth = AuthOf(description.Auth) };
        foreach ((string name, string? value) in description.Headers)
        {
            if (value is null) options.Headers[name] = null;
            else options.Headers.Add(name, value);
        }

        foreach ((string name, string value) in description.Cookies)
            options.Cookies[name] = value;
        if (description.Content is DescribedContent.Multipart form)
        {
            foreach (DescribedPart part in form.Parts)
                options.Files.Add(part.Name, UploadOf(part, host));
        }
        else
        {
            options.Content = BodyOf(description.Content, host, opened);
        }

        return new(description.Method, description.Url, options);
    }

    private static Auth? AuthOf(DescribedAuth? auth) => auth switch
    {
        null => null,
        { Scheme: DescribedAuthScheme.Basic } => Auth.Basic(auth.User, auth.Secret),
        { Scheme: DescribedAuthScheme.Bearer } => Auth.Bearer(auth.Secret),
        { Scheme: DescribedAuthScheme.Netrc } => Auth.Netrc(auth.Secret.Length == 0 ? null : auth.Secret),
        _ => Auth.Digest(auth.User, auth.Secret), // of several challenges Digest is the strongest; Basic is seen to when it is the only one
    };

    private static Body? BodyOf(DescribedContent? content, CurlHost host, ICollection<IDisposable> opened)
    {
        switch (content)
        {
            case DescribedContent.Bytes bytes:
                return Body.FromBytes(bytes.Content, bytes.ContentType);
            case DescribedContent.File file:
                FileStream stream = host.Open(file.Path);
                opened.Add(stream);
                return Body.FromStream(stream, file.ContentType);
            case DescribedContent.Input input:
                return Body.FromAsyncStream(Chunks(host.OpenInput()), input.ContentType);
            default:
                return null;
        }
    }

    // A part without a file's name is a plain field.
    private static Upload UploadOf(DescribedPart part, CurlHost host)
    {
        string fileName = part.FileName ?? "";
        Upload upload = part.Path is { } path
            ? Upload.FromFile(host.PathOf(path), fileName, part.ContentType)
            : Upload.FromBytes(part.Content, fileName, part.ContentType);
        foreach ((string name, string value) in part.Headers)
            upload.Headers.Add(name, value);
        return upload;
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks(Stream input)
    {
        await using (input.ConfigureAwait(false))
        {
            byte[] buffer = new byte[64 << 10];
            while (await input.ReadAsync(buffer).ConfigureAwait(false) is > 0 and int read)
                yield return buffer.AsMemory(0, read);
        }
    }
}
