namespace RequestsAsync;

/// <summary>Tells of what nobody else is left to hear of.</summary>
internal sealed class LoopProblems(Action<LoopProblem>? handler)
{
    /// <summary>Gives it to the program's handler, or to standard error where there is none. It never throws.</summary>
    public void Report(LoopProblem problem)
    {
        try
        {
            if (handler is not null)
            {
                handler(problem);
                return;
            }
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"OnProblem threw an exception.\n{e}");
        }

        Console.Error.WriteLine(problem);
    }
}
