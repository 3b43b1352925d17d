namespace RequestsAsync;

/// <summary>Carries what the caller's own code threw, a hook for example, past the translation of failures.</summary>
internal sealed class CallerException(Exception inner) : Exception(inner.Message, inner);
