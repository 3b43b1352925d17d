namespace RequestsAsync.Testing;

/// <summary>What of a request a Digest response covers.</summary>
internal readonly record struct DigestRequest(string Method, string Target, ReadOnlyMemory<byte> Body);
