namespace RequestsAsync.Bulk;

/// <summary>A redirect that was followed.</summary>
/// <param name="Url">Whose response it was.</param>
/// <param name="Status">Its status code.</param>
public sealed record FollowedRedirect(string Url, int Status);
