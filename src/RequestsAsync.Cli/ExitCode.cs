namespace RequestsAsync.Cli;

/// <summary>What the command tells the shell.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Error = 1;
    public const int Timeout = 2;
    public const int TooManyRedirects = 6;
    public const int Invalid = 7;

    /// <summary>Some requests of a bulk job ended with an error.</summary>
    public const int SomeFailed = 10;

    /// <summary>EX_USAGE of sysexits.h.</summary>
    public const int Usage = 64;

    public const int Interrupted = 130;

    /// <summary>As a shell counts SIGPIPE.</summary>
    public const int ReaderGone = 141;

    public const int Terminated = 143;

    /// <summary>0 for an answer that is good, else the status's first digit.</summary>
    public static int OfStatus(int status) => status / 100 is >= 3 and <= 5 and int digit ? digit : Success;
}
