using System.Globalization;

namespace RequestsAsync.Testing;

/// <summary>
/// What a <see cref="FaultyServer"/> does on each connection, step by step. When the steps are over the connection is closed as by <see cref="Close"/>.
/// </summary>
/// <example>
/// <code>
/// script.ReadHead().Write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe").Reset();
/// script.ReadRequest().Reply(200, "hello").Repeat();
/// script.OnConnection(1, first => first.Reset()).ReadRequest().Reply(200);
/// </code>
/// </example>
public sealed partial class FaultyScript
{
    private readonly List<ScriptStep> _steps = [];
    private readonly List<(Func<int, bool> IsMeant, FaultyScript Script)> _others = [];
    private string? _end;

    internal FaultyScript()
    {
    }

    /// <summary>Gives one connection a script of its own.</summary>
    /// <param name="number">Which connection, from 1.</param>
    /// <param name="script">Its steps, instead of those of this script.</param>
    /// <exception cref="ArgumentOutOfRangeException">A connection before the first.</exception>
    public FaultyScript OnConnection(int number, Action<FaultyScript> script)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        return OnConnection(connection => connection == number, script);
    }

    /// <summary>Gives some connections a script of their own; where several are meant for one, the first has it.</summary>
    /// <param name="which">Whether it is for a connection, from its number, from 1.</param>
    /// <param name="script">The steps, instead of those of this script.</param>
    public FaultyScript OnConnection(Func<int, bool> which, Action<FaultyScript> script)
    {
        ArgumentNullException.ThrowIfNull(which);
        _others.Add((which, Build(script)));
        return this;
    }

    /// <summary>Goes different ways for different requests, and then on with this script unless they closed the connection.</summary>
    /// <param name="condition">A question about the request whose head was read last.</param>
    /// <param name="then">The steps if so.</param>
    /// <param name="otherwise">The steps if not; <see langword="null"/> for none.</param>
    /// <remarks>Where both ways end the script, by <see cref="Close"/> or <see cref="Repeat()"/> for example, no step can follow.</remarks>
    public FaultyScript When(Func<FaultyRequest, bool> condition, Action<FaultyScript> then, Action<FaultyScript>? otherwise = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        FaultyScript yes = Build(then);
        FaultyScript no = otherwise is null ? new() : Build(otherwise);
        Add("When()", connection => (condition(RequestOf(connection)) ? yes : no).RunAsync(connection));
        if (yes._end is not null && no._end is not null) _end = "When()";
        return this;
    }

    /// <summary>Does all steps so far again and again, until the client closes instead of sending another request.</summary>
    public FaultyScript Repeat()
    {
        Repeat(int.MaxValue);
        _end = "Repeat()";
        return this;
    }

    /// <summary>Does all steps so far so many times, and then goes on.</summary>
    /// <param name="times">How many times in all.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is not positive.</exception>
    /// <exception cref="InvalidOperationException">There are no steps so far.</exception>
    public FaultyScript Repeat(int times)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        if (_steps.Count == 0) throw new InvalidOperationException("There is nothing to repeat: put the steps before Repeat.");

        FaultyScript round = new();
        round._steps.AddRange(_steps);
        _steps.Clear();
        return Add(string.Create(CultureInfo.InvariantCulture, $"Repeat({times})"), async connection =>
        {
            for (int i = 0; i < times && !connection.IsClosed; i++)
            {
                connection.Stop.ThrowIfCancellationRequested();
                await round.RunStepsAsync(connection).ConfigureAwait(false);
            }
        });
    }

    /// <summary>Does what a function says.</summary>
    /// <param name="step">Gets the connection; it must end when <see cref="FaultyConnection.Stop"/> is cancelled.</param>
    public FaultyScript Run(Func<FaultyConnection, Task> step) => Add("Run()", step);

    /// <summary>Does what a function says.</summary>
    /// <param name="step">Gets the connection.</param>
    public FaultyScript Run(Action<FaultyConnection> step) => Add("Run()", connection =>
    {
        step(connection);
        return Task.CompletedTask;
    });

    internal static FaultyScript Build(Action<FaultyScript> script)
    {
        ArgumentNullException.ThrowIfNull(script);
        FaultyScript built = new();
        script(built);
        return built;
    }

    internal Task RunAsync(FaultyConnection connection)
    {
        FaultyScript? other = _others.Find(other => other.IsMeant(connection.Number)).Script;
        return other is null ? RunStepsAsync(connection) : other.RunAsync(connection);
    }

    private static FaultyRequest RequestOf(FaultyConnection connection) =>
        connection.Request ?? throw new InvalidOperationException("No request was read before this step: put ReadHead() or ReadRequest() before it.");

    private async Task RunStepsAsync(FaultyConnection connection)
    {
        foreach (ScriptStep step in _steps)
        {
            if (connection.IsClosed) return;
            connection.Step = step.Name;
            await step.Run(connection).ConfigureAwait(false);
        }
    }

    private FaultyScript Add(string name, Func<FaultyConnection, Task> run)
    {
        if (_end is not null) throw new InvalidOperationException($"{name} can never be reached: {_end} ends the script.");
        _steps.Add(new(name, run));
        return this;
    }

    private FaultyScript AddEnd(string name, Func<FaultyConnection, Task> run)
    {
        Add(name, run);
        _end = name;
        return this;
    }
}
