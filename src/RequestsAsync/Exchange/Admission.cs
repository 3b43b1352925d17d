using System.Threading.RateLimiting;

namespace RequestsAsync;

/// <summary>What a sending holds while it lasts.</summary>
internal struct Admission(Gate gate, string origin)
{
    /// <summary>Who gave it.</summary>
    public Gate? Gate { get; } = gate;

    /// <summary>The host, where limits tell hosts apart.</summary>
    public string Origin { get; } = origin;

    public bool HoldsConnection { get; set; }

    public bool HoldsOrdinary { get; set; }

    public RateLimitLease? Lease { get; set; }

    public CircuitPass? Pass { get; set; }
}
