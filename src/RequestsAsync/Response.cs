namespace RequestsAsync;
/// <summary>x</summary>
public sealed class Response { }
