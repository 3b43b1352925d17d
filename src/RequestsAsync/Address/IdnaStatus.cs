namespace RequestsAsync;

/// <summary>What the UTS 46 mapping table says of a code point; the values are those of the packed data.</summary>
internal enum IdnaStatus
{
    Valid,
    Disallowed,
    Ignored,
    Mapped,
}
