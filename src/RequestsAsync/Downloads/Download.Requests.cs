using System.Globalization;

namespace RequestsAsync;

// What is asked of the server, and whether its answer can be believed.
internal sealed partial class Download
{
    /// <summary>Asks for the whole file, as often as the rule allows.</summary>
    private async Task<Response> OpenWholeAsync(CancellationToken cancellationToken)
    {
        DownloadRetries retries = new(_retry, _session.Settings.TimeProvider);
        while (true)
        {
            RequestException failure;
            try
            {
                Response response = await _session.StreamAsync(_request, cancellationToken).ConfigureAwait(false);
                if (response.IsSuccess && response.StatusCode != 206) return response;

                failure = FailureOf(response);
            }
            catch (RequestException e)
            {
                failure = e;
            }

            await retries.WaitAsync(failure, gained: 0, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks for a part of the file.</summary>
    /// <exception cref="StartOverException">The file is another one by now, or the server gives no parts.</exception>
    private async Task<Response> OpenRangeAsync(ByteRange range, CancellationToken cancellationToken)
    {
        Request request = _request.With(options =>
        {
            options.Headers["Range"] = range.ToString();
            if (_ledger.Validator is { } validator) options.Headers["If-Range"] = validator.Value;
        });
        Response response = await _session.StreamAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == 206)
        {
            if (IsPart(response, range)) return response;

            // Another file begins anew with parts of its own; who sends what was not asked for, or coded, is not asked for parts again.
            bool isOther = ContentRange.Parse(response.Headers["Content-Range"]) is { } given && !_ledger.Fits(response.Headers, given.Total);
            response.Dispose();
            throw new StartOverException(ignoresRanges: !isOther);
        }

        if (response.IsSuccess) throw new StartOverException(response, ignoresRanges: IsSameFile(response));
        if (response.StatusCode == 416)
        {
            response.Dispose();
            throw new StartOverException();
        }

        throw FailureOf(response);
    }

    // RFC 9110 §15.3.7: a 206 may hold less than was asked for, and nothing else.
    private bool IsPart(Response response, ByteRange asked)
    {
        if (ContentRange.Parse(response.Headers["Content-Range"]) is not { } given || given.Range.Start != asked.Start) return false;
        if (asked.End == ByteRange.Unknown && given.Total is null) return false; // nobody would know where it ends
        if (LengthOf(response) is { } length && length != given.Range.Length) return false;
        return !IsCoded(response.Headers) && _ledger.Fits(response.Headers, given.Total);
    }

    private static long EndOf(Response response) => response.StatusCode == 206
        ? ContentRange.Parse(response.Headers["Content-Range"])?.Range.End ?? ByteRange.Unknown
        : ByteRange.Unknown;

    private RequestException FailureOf(Response response)
    {
        using (response)
        {
            try
            {
                response.EnsureSuccess();
                return new ProtocolException($"{_url}: the server answered 206 with a part of the file although the whole was asked for.") { Request = _request, Response = response };
            }
            catch (HttpStatusException e)
            {
                return e;
            }
        }
    }

    private void Note(Response response)
    {
        _answered = response.Url;
        _contentType = MediaType.Parse(response.Headers["Content-Type"])?.Essence;
    }

    private static bool AcceptsRanges(Response response) =>
        response.Headers.GetValues("Accept-Ranges").Any(static value => value.Contains("bytes", StringComparison.OrdinalIgnoreCase));

    private static bool IsCoded(Headers headers) =>
        headers["Content-Encoding"] is { } coding && !coding.Trim().Equals("identity", StringComparison.OrdinalIgnoreCase);

    // Of a coded body it is the length on the wire, which says nothing about the file.
    private static long? LengthOf(Response response)
    {
        if (response.StatusCode is 204 or 205) return 0;
        if (IsCoded(response.Headers)) return null;
        return long.TryParse(response.Headers["Content-Length"], NumberStyles.None, CultureInfo.InvariantCulture, out long length) ? length : null;
    }
}
