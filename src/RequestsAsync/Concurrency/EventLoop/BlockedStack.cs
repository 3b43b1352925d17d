using System.Diagnostics;

namespace RequestsAsync;

/// <summary>The stack of a loop's thread that is about to wait, or waits already.</summary>
internal sealed class BlockedStack
{
    private const string TaskTypes = "System.Threading.Tasks.Task";

    private static readonly string ThisAssembly = typeof(BlockedStack).Assembly.GetName().Name!;

    private readonly StackTrace _stack = new(fNeedFileInfo: true);

    /// <summary>The first line that is neither the runtime's nor this library's.</summary>
    public string? Line
    {
        get
        {
            foreach (StackFrame frame in _stack.GetFrames())
            {
                if (DiagnosticMethodInfo.Create(frame) is not { } method || IsInside(method)) continue;
                return frame.GetFileName() is { } file ? new CallSite(file, frame.GetFileLineNumber()).Text : StepName.Of(method);
            }

            return null;
        }
    }

    /// <summary>Whether it waits for a task: <c>Wait</c>, <c>Result</c>, <c>WaitAll</c> and what is built on them.</summary>
    public bool WaitsForTask
    {
        get
        {
            foreach (StackFrame frame in _stack.GetFrames())
            {
                if (DiagnosticMethodInfo.Create(frame) is not { } method) continue;
                if (method.DeclaringTypeName?.StartsWith(TaskTypes, StringComparison.Ordinal) == true && method.Name.Contains("Wait", StringComparison.Ordinal)) return !method.Name.EndsWith("Async", StringComparison.Ordinal); // which only waits for a lock, for a moment
                if (!IsInside(method)) return false;
            }

            return false;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _stack.ToString();

    private static bool IsInside(DiagnosticMethodInfo method)
    {
        string assembly = method.DeclaringAssemblyName.Split(',')[0];
        return assembly == ThisAssembly || assembly.StartsWith("System.", StringComparison.Ordinal);
    }
}
