namespace RequestsAsync.Testing;

/// <summary>The members of an answer that shows the request.</summary>
[Flags]
internal enum EchoParts
{
    None = 0,
    Args = 1,
    Body = 2,
    Headers = 4,
    Json = 8,
    Method = 16,
    Origin = 32,
    Url = 64,

    /// <summary>What <c>/get</c> shows.</summary>
    Get = Args | Headers | Origin | Url,

    /// <summary>What <c>/post</c> and its like show.</summary>
    Post = Get | Body | Json,

    /// <summary>What <c>/anything</c> shows.</summary>
    Anything = Post | Method,
}
