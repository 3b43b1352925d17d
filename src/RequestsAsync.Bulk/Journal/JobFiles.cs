namespace RequestsAsync.Bulk;

/// <summary>The files in a job's folder, and how they begin: a name and the version of their form.</summary>
internal static class JobFiles
{
    internal const string Lock = "job.lock";
    internal const string Owner = "job.owner";
    internal const string Spool = "requests.spool";
    internal const string Journal = "journal";

    internal static ReadOnlySpan<byte> SpoolSignature => "RQASPL01"u8;

    internal static ReadOnlySpan<byte> JournalSignature => "RQAJRN01"u8;
}
