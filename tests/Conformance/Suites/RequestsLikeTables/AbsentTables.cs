namespace RequestsAsync.Conformance;

/// <summary>Why tables are left out: what they test belongs to another library's insides, to Python, or needs a server.</summary>
internal static class AbsentTables
{
    private const string PythonFiles = "content is bytes or a stream here, and the lengths of Python's file objects are its own matter";
    private const string PiecewiseReading = "reading a response in pieces of a given size is urllib3's file interface";
    private const string BufferMemory = "how much memory urllib3's own buffer takes";
    private const string SlowServer = "needs a server that waits";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["test_prepared_copy"] = "a prepared request never changes, so that none is copied",
        ["test_iter_content_wraps_exceptions"] = "the exceptions are those of another library's transport",
        ["test_ipv6_url_copy_with_host"] = "no helper here replaces the host of a URL",
        ["test_instance_equality"] = "two lists of header fields are not compared here",
        ["test_dotted_netmask"] = "networks have prefix lengths here, no masks",
        ["test_should_bypass_proxies_win_registry"] = "the registry of Windows is not read",
        ["test_guess_filename_valid"] = "a file's name is a string and needs no guess at its type",
        ["test_guess_filename_invalid"] = "a file's name is a string and needs no guess at its type",
        ["test_to_str"] = "strings and bytes are different types in .NET",
        ["test_to_bytes"] = "strings and bytes are different types in .NET",
        ["test_resolve_cert_reqs"] = "the constants are those of Python's ssl module",
        ["test_resolve_ssl_version"] = "the constants are those of Python's ssl module",
    };

    /// <summary>The beginnings of names, for whole families of tests; the first that fits counts.</summary>
    private static readonly (string Beginning, string? Reason)[] Families =
    [
        ("test_super_len", PythonFiles),
        ("test_io_", PythonFiles),
        ("test_file", PythonFiles),
        ("test_none_timeout", SlowServer),
        ("test_read_timeout", SlowServer),
        ("test_connect_timeout", SlowServer),
        ("test_total_timeout", SlowServer),
        ("test_decode_", PiecewiseReading),
        ("test_read", PiecewiseReading),
        ("test_reference_", PiecewiseReading),
        ("test_cache_content_", PiecewiseReading),
        ("test_memory_usage", BufferMemory),
        ("test_buffer_memory_usage", BufferMemory),
    ];

    public static string Reason(string test) =>
        Reasons.GetValueOrDefault(test)
        ?? Array.Find(Families, family => test.StartsWith(family.Beginning, StringComparison.Ordinal)).Reason
        ?? $"the library has no such helper: {test}";
}
