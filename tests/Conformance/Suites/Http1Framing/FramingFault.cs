namespace RequestsAsync.Conformance;

/// <summary>In which way an answer is not what a case asks for.</summary>
internal enum FramingFault
{
    /// <summary>It was taken, and should have been refused.</summary>
    Accepted,

    /// <summary>It was refused, and should have been taken.</summary>
    Refused,

    /// <summary>It was taken as something else than it is.</summary>
    Misread,
}
