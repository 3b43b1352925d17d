namespace RequestsAsync.Cli;

// What is done with the answer.
internal static partial class CurlOptionTable
{
    private static CurlOption[] Outputs =>
    [
        Value("output", 'o', static (o, v) => o.Outputs.Add(v)),
        Flag("remote-name", 'O', static (o, on) =>
        {
            if (on) o.Outputs.Add(null);
        }),
        Flag("remote-name-all", null, static (o, on) => o.NamesAllFiles = on),
        Flag("remote-header-name", 'J', static (o, on) => o.TakesServersFileName = on),
        Value("output-dir", null, static (o, v) => o.OutputFolder = v),
        Flag("create-dirs", null, static (o, on) => o.CreatesFolders = on),
        Flag("out-null", null, static (o, _) => o.Outputs.Add(CurlOutput.Nowhere)),
        Value("dump-header", 'D', static (o, v) => o.HeaderDump = v),
        Flag("include", 'i', static (o, on) => o.Include = on),
        Flag("show-headers", null, static (o, on) => o.Include = on),
        Flag("verbose", 'v', static (o, on) => o.Verbose = on),
        Flag("fail", 'f', static (o, on) => o.Fails = on),
        Flag("fail-with-body", null, static (o, on) => o.FailsWithBody = on),
        Flag("fail-early", null, static (o, on) => o.FailsEarly = on),
        Flag("silent", 's', static (o, on) => o.IsSilent = on),
        Flag("show-error", 'S', static (o, on) => o.ShowsErrors = on),
        Value("write-out", 'w', static (o, v) => o.WriteOut = v),
    ];
}
