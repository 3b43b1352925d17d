namespace RequestsAsync.Cli;

/// <summary>What is printed of an exchange.</summary>
[Flags]
internal enum MessageParts
{
    None = 0,
    RequestHead = 1,
    RequestBody = 2,
    ResponseHead = 4,
    ResponseBody = 8,

    /// <summary>What is known about the exchange beyond its messages: times, addresses, versions.</summary>
    Meta = 16,

    Request = RequestHead | RequestBody,
    Response = ResponseHead | ResponseBody,
}
