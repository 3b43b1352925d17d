namespace RequestsAsync.Cli;

/// <summary>Shows a demonstration while it runs, and what it found.</summary>
internal interface IDemoScreen
{
    /// <summary>Prints a line; an empty one parts what comes from what was.</summary>
    void Say(string line);

    /// <summary>Runs one part and shows how far it is.</summary>
    /// <param name="title">What it does.</param>
    /// <param name="total">How many requests it sends.</param>
    /// <param name="work">The part. It may report from any thread, one at a time.</param>
    Task FollowAsync(string title, int total, Func<IProgress<DemoProgress>, Task> work);

    /// <summary>Prints what was found.</summary>
    void Show(ResultTable table);
}
