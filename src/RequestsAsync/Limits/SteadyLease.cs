using System.Threading.RateLimiting;

namespace RequestsAsync;

/// <summary>The answer of a <see cref="SteadyRateLimiter"/>. A permit of a rate is used up and never given back, so there is nothing to dispose.</summary>
internal sealed class SteadyLease(TimeSpan? retryAfter) : RateLimitLease
{
    public static readonly SteadyLease Granted = new(retryAfter: null);

    public override bool IsAcquired => retryAfter is null;

    public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name];

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        bool isKnown = !IsAcquired && metadataName == MetadataName.RetryAfter.Name;
        metadata = isKnown ? retryAfter : null;
        return isKnown;
    }
}
