using System.Threading.RateLimiting;

namespace RequestsAsync;

/// <summary>What a sending holds of the limits for a host and for the rate.</summary>
/// <param name="origin">The host.</param>
internal sealed class AdmissionTerms(string origin)
{
    /// <summary>The host, where limits tell hosts apart.</summary>
    public string Origin { get; } = origin;

    public RateLimitLease? Lease { get; set; }

    public CircuitPass? Pass { get; set; }
}
