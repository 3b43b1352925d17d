namespace RequestsAsync;

/// <summary>Turns on the runtime's inline completions, while there is time.</summary>
internal static class InlineCompletions
{
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string SocketThread = ".NET Sockets"; // what the runtime calls the thread that its first socket operation starts
    private const string Threads = "/proc/self/task";

    /// <exception cref="InvalidOperationException">The runtime has read the switch before.</exception>
    public static void Enable()
    {
        if (Environment.GetEnvironmentVariable(Variable) == "1") return;
        if (OperatingSystem.IsLinux() && HasSocketThread())
        {
            throw new InvalidOperationException(
                $"InlineSocketCompletions comes too late: this process has used sockets already, and the runtime reads the switch once, before the first. Run the loop before any other networking, or start the process with {Variable}=1.");
        }

        Environment.SetEnvironmentVariable(Variable, "1");
    }

    private static bool HasSocketThread()
    {
        if (!Directory.Exists(Threads)) return false;
        foreach (string thread in Directory.EnumerateDirectories(Threads))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(thread, "comm")).Trim() == SocketThread) return true;
            }
            catch (IOException)
            {
                // the thread has ended meanwhile
            }
        }

        return false;
    }
}
