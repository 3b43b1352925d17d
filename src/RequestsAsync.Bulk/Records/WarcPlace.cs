namespace RequestsAsync.Bulk;

/// <summary>Where a record stands in a WARC file.</summary>
/// <param name="File">The file's name, without folder.</param>
/// <param name="Offset">The position of the record's first byte; with gzip per record, that of its gzip member.</param>
public sealed record WarcPlace(string File, long Offset);
