namespace RequestsAsync.Testing;
/// <summary>x</summary>
public sealed class HttpBin { }
