using System.Net;

namespace RequestsAsync.Tests;

/// <summary>A resolver that answers as a test says, and writes down what it was asked.</summary>
internal sealed class StubResolver(Func<string, CancellationToken, ValueTask<IReadOnlyList<IPAddress>>> answer) : Resolver
{
    private readonly Lock _gate = new();
    private readonly List<string> _asked = [];

    public StubResolver(params string[] addresses)
        : this((_, _) => new(addresses.Select(IPAddress.Parse).ToArray()))
    {
    }

    public string[] Asked
    {
        get
        {
            lock (_gate)
            {
                return [.. _asked];
            }
        }
    }

    public override ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _asked.Add(host);
        }

        return answer(host, cancellationToken);
    }
}
