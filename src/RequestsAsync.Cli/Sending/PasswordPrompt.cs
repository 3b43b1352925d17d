using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Asks for a password on the terminal, and shows nothing of it.</summary>
internal static class PasswordPrompt
{
    /// <summary>The password; <see langword="null"/> where there is no terminal, or where its user gives up.</summary>
    public static string? Ask(StandardStreams streams, string question)
    {
        if (!streams.IsInputTerminal) return null;

        _ = Console.KeyAvailable; // takes the echo off the terminal before anybody can type
        streams.Error.Write(question);
        StringBuilder password = new();
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter) break;
            if (key.Key == ConsoleKey.Backspace) password.Length = Math.Max(0, password.Length - 1);
            else if (key.KeyChar != '\0') password.Append(key.KeyChar);
        }

        streams.Error.WriteLine();
        return password.ToString();
    }
}
