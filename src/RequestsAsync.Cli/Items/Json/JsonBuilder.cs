namespace RequestsAsync.Cli;

/// <summary>Puts values at their paths, one after another, into one JSON value.</summary>
internal sealed class JsonBuilder
{
    /// <summary>What was built; <see langword="null"/> before the first value.</summary>
    public JsonTree? Root { get; private set; }

    /// <summary>Puts a value where its path leads. What is missing on the way is made, and what is there is entered.</summary>
    /// <exception cref="CommandException">The path cannot be read, or leads through a value that has nothing inside.</exception>
    public void Set(string path, JsonTree value)
    {
        List<JsonStep> steps = JsonPath.Parse(path);
        JsonTree at = Root ??= steps[0].NewContainer();
        for (int i = 0; i < steps.Count; i++)
        {
            Check(path, steps, i, at);
            at = i == steps.Count - 1 ? Put(steps[i], at, value) : Enter(steps[i], at, steps[i + 1]);
        }
    }

    private static JsonTree Enter(JsonStep step, JsonTree at, JsonStep next)
    {
        JsonTree? inner = step.Kind switch
        {
            JsonStepKind.Key => ((JsonTreeObject)at)[step.Name],
            JsonStepKind.Index => ((JsonTreeArray)at)[step.Index],
            _ => null,
        };
        return inner ?? Put(step, at, next.NewContainer());
    }

    private static JsonTree Put(JsonStep step, JsonTree at, JsonTree value)
    {
        if (step.Kind == JsonStepKind.Key) ((JsonTreeObject)at)[step.Name] = value;
        else if (step.Kind == JsonStepKind.Index) ((JsonTreeArray)at)[step.Index] = value;
        else ((JsonTreeArray)at).Add(value);
        return value;
    }

    private static void Check(string path, List<JsonStep> steps, int i, JsonTree at)
    {
        JsonStep step = steps[i];
        bool fits = step.Kind == JsonStepKind.Key ? at is JsonTreeObject : at is JsonTreeArray;
        if (fits) return;

        string before = i == 0 ? "The whole value" : $"'{path[..steps[i - 1].End]}'";
        string wanted = step.Kind == JsonStepKind.Key ? "an object" : "an array";
        throw JsonPath.Fault($"{before} is {WithArticle(at.TypeName)} already, and this step needs {wanted}.", path, step.Start, step.End);
    }

    private static string WithArticle(string type) => type switch
    {
        "object" or "array" => "an " + type,
        "null" => type,
        _ => "a " + type,
    };
}
