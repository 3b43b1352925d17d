namespace RequestsAsync.Testing;

/// <summary>An entry of the file.</summary>
/// <param name="number">Its place in the file, from 1.</param>
/// <param name="exchange">What it holds, its secrets hidden.</param>
/// <param name="key">What a request must match.</param>
internal sealed class CassetteEntry(int number, HarExchange exchange, RequestKey key)
{
    public int Number => number;

    public HarExchange Exchange => exchange;

    public RequestKey Key => key;

    public CassetteRequest Request { get; } = new(exchange.Request);

    /// <summary>Whether a request has had it.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Its number and its request.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"entry {number}, {exchange.Request.Method} {exchange.Request.Url}");
}
