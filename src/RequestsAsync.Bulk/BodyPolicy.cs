namespace RequestsAsync.Bulk;

/// <summary>What becomes of the contents of responses.</summary>
public enum BodyPolicy
{
    /// <summary>They are read and counted, for the connection's sake, and thrown away.</summary>
    None,

    /// <summary>Their SHA-256 stands in the record.</summary>
    Hash,

    /// <summary>They stand in the record, beside their SHA-256: as text where they are valid UTF-8, else in base64.</summary>
    Inline,

    /// <summary>They are stored outside the record, in files or a WARC, where the job has a place for them; the record says where, and has their SHA-256.</summary>
    File,
}
