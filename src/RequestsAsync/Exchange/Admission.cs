namespace RequestsAsync;

/// <summary>What a sending holds while it lasts.</summary>
internal struct Admission(Gate gate)
{
    /// <summary>Who gave it.</summary>
    public Gate? Gate { get; } = gate;

    public bool HoldsConnection { get; set; }

    public bool HoldsOrdinary { get; set; }

    /// <summary>What limits hold that look at more than how many there are; <see langword="null"/> where there are none.</summary>
    public AdmissionTerms? Terms { get; set; }
}
