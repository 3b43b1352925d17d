using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Asks for a password on the terminal, and shows nothing of it.</summary>
internal static class PasswordPrompt
{
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(20);

    /// <summary>The password; <see langword="null"/> where there is no terminal.</summary>
    /// <exception cref="OperationCanceledException">Its user gives up (Ctrl-C).</exception>
    public static string? Ask(StandardStreams streams, string question, CancellationToken stopping)
    {
        if (!streams.IsInputTerminal) return null;

        _ = Console.KeyAvailable; // takes the echo off the terminal before anybody can type
        streams.Error.Write(question);
        StringBuilder password = new();
        while (true)
        {
            while (!Console.KeyAvailable && !stopping.IsCancellationRequested) stopping.WaitHandle.WaitOne(Blink); // a read would not end by Ctrl-C
            if (stopping.IsCancellationRequested)
            {
                streams.Error.WriteLine();
                throw new OperationCanceledException(stopping);
            }

            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter) break;
            if (key.Key == ConsoleKey.Backspace) password.Length = Math.Max(0, password.Length - 1);
            else if (key is { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control }) password.Clear();
            else if (!char.IsControl(key.KeyChar)) password.Append(key.KeyChar);
        }

        streams.Error.WriteLine();
        return password.ToString();
    }
}
