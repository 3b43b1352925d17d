using System.Text.Json;

namespace RequestsAsync.Cli;

/// <summary><c>config.json</c>: what is put before the words of every request.</summary>
internal static class ConfigFile
{
    private const string OptionsName = "default_options";

    /// <summary>The words of <c>default_options</c>; none when there is no file.</summary>
    /// <param name="folder">The folder that holds the file.</param>
    /// <exception cref="CommandException">The file cannot be read, or is not what it should be.</exception>
    public static IReadOnlyList<string> ReadDefaults(string folder)
    {
        string path = Path.Combine(folder, "config.json");
        if (!File.Exists(path)) return [];

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Read(document.RootElement, path);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new CommandException($"{path}, line {e.LineNumber + 1}: this is not JSON.", Example, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be read: {e.Message}", innerException: e);
        }
    }

    private const string Example = """It reads {"default_options": ["--follow", "--timeout=30"]}.""";

    private static List<string> Read(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new CommandException($"{path} does not hold an object.", Example);
        if (!root.TryGetProperty(OptionsName, out JsonElement options)) return [];
        if (options.ValueKind != JsonValueKind.Array) throw new CommandException($"{path}: {OptionsName} is no list.", Example);

        List<string> words = [];
        foreach (JsonElement option in options.EnumerateArray())
        {
            if (option.ValueKind != JsonValueKind.String) throw new CommandException($"{path}: {OptionsName} holds {option.GetRawText()}, which is no text.", Example);

            words.Add(option.GetString()!);
        }

        return words;
    }
}
