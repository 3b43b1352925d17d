using Microsoft.CodeAnalysis.Diagnostics;

namespace RequestsAsync.Analyzers;

/// <summary>A rule about the use of the library: it looks up the library's symbols once, and is silent where there is none.</summary>
public abstract class LibraryAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (Library.Of(start.Compilation) is { } library) Register(start, library);
        });
    }

    private protected abstract void Register(CompilationStartAnalysisContext context, Library library);
}
