namespace RequestsAsync.Cli;

/// <summary>One part of a multipart form as it was given.</summary>
/// <param name="Value"><c>name=content</c>.</param>
/// <param name="IsLiteral">Whether <c>@</c>, <c>&lt;</c> and <c>;type=</c> in it mean nothing (<c>--form-string</c>).</param>
internal readonly record struct CurlFormPart(string Value, bool IsLiteral);
