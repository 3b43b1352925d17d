namespace RequestsAsync;

/// <summary>The bidirectional classes that the rule of RFC 5893 §2 tells apart; the values are those of the packed data.</summary>
internal enum BidiClass
{
    Other,
    LeftToRight,
    RightToLeft,
    ArabicLetter,
    ArabicNumber,
    EuropeanNumber,
    EuropeanSeparator,
    CommonSeparator,
    EuropeanTerminator,
    OtherNeutral,
    BoundaryNeutral,
    NonspacingMark,
}
