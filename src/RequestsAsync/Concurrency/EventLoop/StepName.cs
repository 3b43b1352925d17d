using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace RequestsAsync;

/// <summary>Names what a step of the loop runs, in words of its source code.</summary>
internal static class StepName
{
    /// <summary>The method behind a step: of a task that begins, a callback, or the continuation of an async method.</summary>
    /// <param name="running">The step's state, or its delegate where it has none.</param>
    public static string Of(object running) => running switch
    {
        LoopTask task => $"{task.Name} ({Of(task.Function)})",
        LoopHandle handle => Of(handle.Action),
        LoopSocketStream => "code after ConfigureAwait(false)", // the library's own holds no loop
        LoopSleep { Sleeper: { } sleeper } => Of(sleeper),
        Delegate { Target: { } target } when StateMachineOf(target) is { } machine => OfStateMachine(machine),
        Delegate method => Of(method),
        _ => StateMachineOf(running) is { } machine ? OfStateMachine(machine) : Readable(running.GetType().FullName ?? running.GetType().Name, ""),
    };

    /// <summary>The method that a line of a stack is in.</summary>
    public static string Of(DiagnosticMethodInfo method) => Readable(method.DeclaringTypeName ?? "", method.Name);

    /// <summary>The name as it was written, without namespace, from the names that the compiler made of it.</summary>
    internal static string Readable(string typeName, string methodName)
    {
        // Closures and state machines are nested in the type that was written; their names begin with "<".
        string[] types = typeName.Split('[')[0].Split('+');
        string written = types.LastOrDefault(static type => !type.StartsWith('<')) ?? "";
        written = written[(written.LastIndexOf('.') + 1)..].Split('`')[0];
        string method = MethodIn(methodName);
        if (written.Length == 0) return method;
        return method.Length == 0 ? written : $"{written}.{method}";
    }

    private static string Of(Delegate function) =>
        DiagnosticMethodInfo.Create(function) is { } method ? Of(method) : "a callback whose name was trimmed";

    // The runtime keeps an async method's state in a box whose type arguments name the compiler's state machine.
    private static Type? StateMachineOf(object box)
    {
        foreach (Type argument in box.GetType().GenericTypeArguments)
        {
            if (typeof(IAsyncStateMachine).IsAssignableFrom(argument)) return argument;
        }

        return null;
    }

    private static string OfStateMachine(Type machine)
    {
        string full = (machine.FullName ?? machine.Name).Split('[')[0];
        int nested = full.LastIndexOf('+');
        string method = nested < 0 ? full : Readable(full[..nested], full[(nested + 1)..]);
        return machine.Assembly == typeof(StepName).Assembly ? $"what awaits {method}" : method; // the library itself holds no loop
    }

    // <M>d__0 is the state machine of M, <M>g__F|0_0 its local function F, <M>b__0_0 a lambda in it, <Main>$ a program's top level; each may stand in each.
    private static string MethodIn(string name)
    {
        if (!name.StartsWith('<')) return name;
        int end = ClosingBracket(name);
        if (end < 0) return name;
        string inner = name[1..end];
        ReadOnlySpan<char> kind = name.AsSpan(end + 1);
        if (kind.StartsWith("g__", StringComparison.Ordinal)) return kind[3..].ToString().Split('|')[0];
        return kind.StartsWith("b__", StringComparison.Ordinal) ? $"{MethodIn(inner)} (lambda)" : MethodIn(inner);
    }

    private static int ClosingBracket(string name)
    {
        int depth = 0;
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == '<') depth++;
            if (name[i] == '>' && --depth == 0) return i;
        }

        return -1;
    }
}
