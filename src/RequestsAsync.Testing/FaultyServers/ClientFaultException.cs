namespace RequestsAsync.Testing;

/// <summary>The client closed where a script wanted more of it, or what it sent is no HTTP.</summary>
internal sealed class ClientFaultException(string message) : IOException(message);
