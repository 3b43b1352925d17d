using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class CircuitPropertyTests
{
    private static readonly Arbitrary<(CircuitBreaker Options, List<(int Kind, int Value)> Steps)> Histories = (
        from ratio in Gen.Elements(0.1, 0.5, 1)
        from minimum in Gen.Choose(1, 5)
        from steps in Gen.Choose(0, 5).SelectMany(kind => Gen.Choose(0, 3000).Select(value => (kind, value))).ListOf()
        select (new CircuitBreaker { FailureRatio = ratio, MinimumThroughput = minimum, Window = TimeSpan.FromSeconds(1), BreakFor = TimeSpan.FromSeconds(2) }, steps.ToList())).ToArbitrary();

    /// <summary>Requests enter, end and time goes by in any order; a plain model, which keeps every outcome and every pass, says the same of each request.</summary>
    [Fact]
    public void It_does_what_a_plain_model_does() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Histories, history =>
    {
        Circuit circuit = new("https://h.test", history.Options);
        Model model = new(history.Options);
        List<(CircuitPass Pass, int Number)> underWay = [];
        TimeSpan now = TimeSpan.Zero;
        int entered = 0;
        foreach ((int kind, int value) in history.Steps)
        {
            switch (kind)
            {
                case 0:
                    now += TimeSpan.FromMilliseconds(value);
                    break;
                case <= 3 when underWay.Count > 0:
                    (CircuitPass pass, int number) = underWay[value % underWay.Count];
                    underWay.Remove((pass, number));
                    CircuitOutcome outcome = kind == 3 ? (CircuitOutcome)(value % 3) : CircuitOutcome.Failure;
                    circuit.Report(pass.Generation, outcome, now.Ticks);
                    model.Report(number, outcome, now);
                    break;
                default:
                    bool passes = TryEnter(circuit, now, out CircuitPass own);
                    if (passes != model.Enter(entered, now)) return false;
                    if (passes) underWay.Add((own, entered));
                    entered++;
                    break;
            }
        }

        return true;
    }));

    private static bool TryEnter(Circuit circuit, TimeSpan now, out CircuitPass pass)
    {
        try
        {
            pass = circuit.Enter(now.Ticks);
            return true;
        }
        catch (CircuitOpenException)
        {
            pass = default;
            return false;
        }
    }

    private sealed class Model(CircuitBreaker options)
    {
        private readonly List<(long Tenth, bool IsFailure)> _ended = [];
        private readonly HashSet<int> _current = []; // the requests whose end means something
        private TimeSpan? _openedAt;
        private TimeSpan? _probedAt;
        private int _latest;

        public bool Enter(int request, TimeSpan now)
        {
            if (_openedAt is { } opened)
            {
                if (now < (_probedAt ?? opened) + options.BreakFor) return false;
                _probedAt = now;
                _latest = request;
            }

            _current.Add(request);
            return true;
        }

        public void Report(int request, CircuitOutcome outcome, TimeSpan now)
        {
            if (!_current.Remove(request)) return;

            if (_openedAt is not null)
            {
                if (outcome == CircuitOutcome.Neither && request != _latest) return;
                _probedAt = null;
                if (outcome == CircuitOutcome.Success) _current.Clear();
                _openedAt = outcome switch
                {
                    CircuitOutcome.Success => null,
                    CircuitOutcome.Failure => now,
                    _ => now - options.BreakFor, // the break is over already
                };
            }
            else if (outcome != CircuitOutcome.Neither)
                Count(outcome == CircuitOutcome.Failure, now);
        }

        private void Count(bool isFailure, TimeSpan now)
        {
            long tenth = now.Ticks * 10 / options.Window.Ticks;
            _ended.Add((tenth, isFailure));
            _ended.RemoveAll(end => end.Tenth <= tenth - 10);
            int failed = _ended.Count(end => end.IsFailure);
            if (!isFailure || _ended.Count < options.MinimumThroughput || (double)failed / _ended.Count < options.FailureRatio) return;

            _openedAt = now;
            _ended.Clear();
            _current.Clear();
        }
    }
}
