namespace RequestsAsync.Conformance;

/// <summary>A known difference between what some suite asks for and what this library does, and why it is no defect.</summary>
/// <param name="Fault">What it makes of a case.</param>
/// <param name="Recognizes">Whether the case is of this kind, by its bytes.</param>
/// <param name="Reason">What happens, and what allows it.</param>
internal sealed record FramingRule(FramingFault Fault, Func<FramingCase, bool> Recognizes, string Reason);
