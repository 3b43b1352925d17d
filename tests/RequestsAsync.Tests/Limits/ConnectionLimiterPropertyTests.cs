using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class ConnectionLimiterPropertyTests
{
    /// <summary>Limits, and what happens: somebody enters, leaves or gives up, chosen by a number that each step reads in its own way.</summary>
    private static readonly Arbitrary<(int Max, int? PerHost, List<(int Kind, int Choice)> Steps)> Histories = (
        from max in Gen.Choose(1, 4)
        from perHost in Gen.Elements(null, 1, 2, (int?)3)
        from steps in Gen.Choose(0, 5).SelectMany(kind => Gen.Choose(0, 1000).Select(choice => (kind, choice))).ListOf()
        select (max, perHost, steps.ToList())).ToArbitrary();

    /// <summary>After every step those are in, and only those, whom the plainest reading of the rules lets in.</summary>
    [Fact]
    public Task Places_go_to_the_first_who_can_use_them() => OwnThread.RunAsync(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Histories, history =>
    {
        ConnectionLimiter limiter = new(history.Max, history.PerHost);
        List<Visitor> inside = [];
        List<Visitor> waiting = [];
        foreach ((int kind, int choice) in history.Steps)
        {
            switch (kind)
            {
                case 0 when inside.Count > 0:
                    Visitor leaving = inside[choice % inside.Count];
                    inside.Remove(leaving);
                    limiter.Leave(leaving.Origin);
                    break;
                case 1 when waiting.Count > 0:
                    Visitor givingUp = waiting[choice % waiting.Count];
                    waiting.Remove(givingUp);
                    givingUp.Cancellation.Cancel();
                    if (!SpinWait.SpinUntil(() => givingUp.Entering.IsCanceled, 10_000)) return false;
                    break;
                default:
                    waiting.Add(new(limiter, $"http://{choice % 4}.test"));
                    break;
            }

            while (waiting.Find(visitor => inside.Count < history.Max && inside.Count(other => other.Origin == visitor.Origin) < (history.PerHost ?? int.MaxValue)) is { } next)
            {
                waiting.Remove(next);
                inside.Add(next);
            }

            if (!inside.TrueForAll(visitor => SpinWait.SpinUntil(() => visitor.Entering.IsCompletedSuccessfully, 10_000))) return false;
            if (waiting.Exists(visitor => visitor.Entering.IsCompleted)) return false;
            if (limiter.Inside != inside.Count || limiter.Waiting != waiting.Count) return false;
            int hosts = history.PerHost is null ? 0 : inside.Concat(waiting).Select(visitor => visitor.Origin).Distinct().Count();
            if (limiter.Hosts != hosts) return false;
        }

        return true;
    })));

    private sealed class Visitor
    {
        public Visitor(ConnectionLimiter limiter, string origin)
        {
            Origin = origin;
            Entering = limiter.EnterAsync(origin, async: true, Cancellation.Token).AsTask();
        }

        public string Origin { get; }

        public CancellationTokenSource Cancellation { get; } = new();

        public Task Entering { get; }
    }
}
