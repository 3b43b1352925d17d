using System.Threading.RateLimiting;

namespace RequestsAsync;

/// <summary>What a sending holds while it lasts. Those that differ in nothing share one (see <see cref="Gate"/>).</summary>
/// <param name="gate">Who gave it.</param>
/// <param name="origin">The host, where limits tell hosts apart; otherwise empty.</param>
internal sealed class Admission(Gate gate, string origin)
{
    public Gate Gate { get; } = gate;

    public string Origin { get; } = origin;

    public bool HoldsConnection { get; set; }

    public bool HoldsOrdinary { get; set; }

    public RateLimitLease? Lease { get; set; }

    public CircuitPass? Pass { get; set; }
}
