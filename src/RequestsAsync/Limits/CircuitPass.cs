namespace RequestsAsync;

/// <summary>The right to one sending, and whose it is.</summary>
/// <param name="Circuit">The circuit of the host.</param>
/// <param name="Generation">The state of the circuit that let it through: what is reported about an earlier one may be out of date.</param>
internal readonly record struct CircuitPass(Circuit Circuit, long Generation);
