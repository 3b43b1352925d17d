namespace RequestsAsync;

/// <summary>How a letter joins its neighbours, as RFC 5892 appendix A.1 asks; the values are those of the packed data.</summary>
internal enum JoiningType
{
    NonJoining,
    LeftJoining,
    RightJoining,
    DualJoining,
    Transparent,
}
