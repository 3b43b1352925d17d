using System.Globalization;

namespace RequestsAsync.SideBySide;

/// <summary>Lets a contender do a scenario once, in a process of its own.</summary>
internal sealed class ContenderRunner(Toolbox toolbox, Site site, HoldingServerProcess holding, Effort effort)
{
    // Warm-up, measuring and the start of a process take seconds; whatever takes longer than this hangs.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Whether its program is on this machine.</summary>
    public bool Has(Contender contender) => toolbox.ProgramOf(contender) is not null;

    /// <summary>Runs it.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    /// <exception cref="FormatException">It printed no measurement.</exception>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public async Task<Measurement> MeasureAsync(Scenario scenario, int connections, Contender contender, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            using SavedFile? saved = scenario.Shape == LoadShape.Download ? new(scenario.BodyLength) : null;
            LoadSettings settings = SettingsOf(scenario, connections, contender) with { Target = saved?.Path };
            FinishedProcess finished = await FinishedProcess.RunAsync(toolbox.ProgramOf(contender)!, WordsOf(settings, contender), limit.Token);
            Measurement measurement = Read(finished, contender);
            saved?.Take(scenario.BodyLength);
            return measurement;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{contender.Name} did not end within {Limit.TotalMinutes:0} minutes.", e);
        }
    }

    private static Measurement Read(FinishedProcess finished, Contender contender) => contender.Kind switch
    {
        ContenderKind.Wrk => WrkOutput.Parse(finished.EnsureSuccess(contender.Name).Output) with
        {
            UserSeconds = finished.Cpu.User.TotalSeconds,
            SystemSeconds = finished.Cpu.System.TotalSeconds,
            PeakBytes = finished.PeakBytes,
        },
        ContenderKind.Command => OneRequest(finished.EnsureSuccess(contender.Name)),
        _ when finished.ExitCode == 0 || finished.Output.Length > 0 => MeasurementJson.Read(finished.Output), // one with errors says how many
        _ => throw new InvalidOperationException(finished.Errors.Trim()),
    };

    private static Measurement OneRequest(FinishedProcess finished) => new()
    {
        Requests = 1,
        Seconds = finished.Wall.TotalSeconds,
        UserSeconds = finished.Cpu.User.TotalSeconds,
        SystemSeconds = finished.Cpu.System.TotalSeconds,
        PeakBytes = finished.PeakBytes,
    };

    private LoadSettings SettingsOf(Scenario scenario, int connections, Contender contender)
    {
        bool isHeld = scenario.Shape == LoadShape.InFlight;
        return new LoadSettings
        {
            Client = contender.Name,
            Shape = scenario.Shape,
            Url = isHeld ? holding.Url : scenario.Protocol switch
            {
                SiteProtocol.Secure => site.Secure(scenario.Path),
                SiteProtocol.Multiplexed => site.Multiplexed(scenario.Path),
                _ => site.Plain(scenario.Path),
            },
            Connections = connections,
            WarmUp = effort.WarmUp,
            Measured = effort.Measured,
            Expected = scenario.BodyLength,
            Authority = scenario.Protocol == SiteProtocol.Plain ? null : site.Authority,
            Http2 = scenario.Protocol == SiteProtocol.Multiplexed,
            ControlPort = isHeld ? holding.ControlPort : 0,
        };
    }

    private static IEnumerable<string> WordsOf(LoadSettings settings, Contender contender) => contender.Kind switch
    {
        ContenderKind.DotNet => ["client", contender.Name, .. settings.ToWords()],
        ContenderKind.Python => [Path.Combine(AppContext.BaseDirectory, "python", contender.Program), .. settings.ToWords()],
        // One thread: with nginx's one worker that is a core for each.
        ContenderKind.Wrk => ["-t1", Word($"-c{settings.Connections}"), Word($"-d{Math.Ceiling(settings.Measured.TotalSeconds)}s"), "--latency", settings.Url],
        _ when contender == Contenders.Curl => ["--silent", "--fail", "--output", settings.Target ?? "/dev/null", settings.Url],
        _ when contender == Contenders.Httpie => ["--ignore-stdin", settings.Url],
        _ => [settings.Url],
    };

    private static string Word(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
