namespace RequestsAsync.Cli;

/// <summary>Sends what curl commands describe, one request after another, and prints the answers.</summary>
internal sealed class CurlRunner(StandardStreams streams, bool debug)
{
    /// <summary>Runs the commands, each by the success of the one before where the text says so.</summary>
    /// <returns>The exit code of the last that ran.</returns>
    public async Task<int> RunAsync(CurlScript script, CancellationToken stopping)
    {
        int code = ExitCode.Success;
        bool isFirst = true;
        foreach (CurlCall call in script.Calls)
        {
            bool runs = isFirst || call.Joint switch { ShellJoint.AndThen => code == ExitCode.Success, ShellJoint.OrElse => code != ExitCode.Success, _ => true };
            if (runs) code = await RunAsync(call, stopping).ConfigureAwait(false);
            isFirst = false;
        }

        return code;
    }

    private async Task<int> RunAsync(CurlCall call, CancellationToken stopping)
    {
        CookieJar jar = CurlCookies.Jar(call.Operations, call.Host, Note);
        int code = ExitCode.Success;
        foreach (CurlOperation operation in call.Operations)
        {
            (code, bool goesOn) = await RunAsync(operation, jar, call.Host, stopping).ConfigureAwait(false);
            if (operation.CookieJar is { Length: > 0 } path) await SaveAsync(jar, path, call.Host, stopping).ConfigureAwait(false);
            if (!goesOn) break;
        }

        return code;
    }

    private async Task<(int Code, bool GoesOn)> RunAsync(CurlOperation operation, CookieJar jar, CurlHost host, CancellationToken stopping)
    {
        CurlTranslator translator = new(host);
        int code = ExitCode.Success;
        SessionOptions options = CurlSession.Options(operation, jar, host);
        CurlPrinter printer = new(streams, operation);
        if (operation.NamesReferers) options.Hooks.OnRequest += new CurlReferers().NameAsync;
        if (operation.Verbose) options.Hooks.OnRequest += printer.WriteRequestAsync;
        Session session = new(options);
        await using (session.ConfigureAwait(false))
        {
            foreach (DescribedRequest description in translator.Translate(operation))
            {
                code = await TransferAsync(session, description, printer, host, stopping).ConfigureAwait(false);
                if (code != ExitCode.Success && operation.FailsEarly) return (code, false);
            }
        }

        foreach (string note in translator.Notes)
            Note(note);
        return (code, true);
    }

    private void Note(string note) => streams.Error.WriteLine("requests: " + TerminalText.Line(note));

    // As curl does it, what one URL fails with keeps no other from its turn.
    private async Task<int> TransferAsync(Session session, DescribedRequest description, CurlPrinter printer, CurlHost host, CancellationToken stopping)
    {
        List<IDisposable> opened = [];
        try
        {
            CurlBodyFile.CheckFolder(description.Settings.EtagSave, host);
            Request request = description.ToRequest(host, opened);
            Response response = await session.StreamAsync(request, stopping).ConfigureAwait(false);
            if (description.Auth is { Scheme: DescribedAuthScheme.Any } auth && AsksForBasicAlone(response))
            {
                await response.DisposeAsync().ConfigureAwait(false);
                response = await session.StreamAsync(request.With(options => options.Auth = Auth.Basic(auth.User, auth.Secret)), stopping).ConfigureAwait(false);
            }

            await using (response.ConfigureAwait(false))
                return await printer.WriteAsync(response, description.Output, host, stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RequestException or CommandException)
        {
            CurlOperation settings = description.Settings;
            TextWriter error = settings.IsSilent && !settings.ShowsErrors ? TextWriter.Null : streams.Error;
            return ErrorReport.Write(error, e, debug);
        }
        finally
        {
            opened.ForEach(static file => file.Dispose());
        }
    }

    private static bool AsksForBasicAlone(Response response)
    {
        if (response.StatusCode != 401) return false;

        string challenges = string.Join(", ", response.Headers.GetValues("WWW-Authenticate"));
        return challenges.Contains("Basic", StringComparison.OrdinalIgnoreCase) && !challenges.Contains("Digest", StringComparison.OrdinalIgnoreCase);
    }

    private async Task SaveAsync(CookieJar jar, string path, CurlHost host, CancellationToken stopping)
    {
        if (path == "-")
        {
            foreach (Cookie cookie in jar)
                await streams.Text.WriteLineAsync(TerminalText.Line($"{cookie.Domain}\t{cookie.Path}\t{cookie.Name}\t{cookie.Value}")).ConfigureAwait(false);
            return;
        }

        try
        {
            await jar.SaveAsync(host.PathOf(path), CookieFileFormat.Netscape, includeSessionCookies: true, stopping).ConfigureAwait(false);
        }
        catch (InvalidRequestException e)
        {
            Note(e.Message); // a warning, as curl's: what was asked for was done
        }
    }
}
