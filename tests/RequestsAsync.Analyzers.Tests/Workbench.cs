using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace RequestsAsync.Analyzers.Tests;

/// <summary>Compiles code against the library and the frameworks, and lets the rules and their fixes at it.</summary>
internal sealed class Workbench : IDisposable
{
    private static readonly ImmutableArray<MetadataReference> Frameworks = FindFrameworks();
    private static readonly MetadataReference Library = MetadataReference.CreateFromFile(typeof(Session).Assembly.Location);

    private readonly AdhocWorkspace _workspace = new();
    private readonly DocumentId _id;
    private Document _document;

    /// <summary>Lays code on the bench.</summary>
    /// <param name="code">A whole file.</param>
    /// <param name="isProgram">Whether it has top-level statements.</param>
    /// <param name="withLibrary">Whether it is compiled against the library.</param>
    public Workbench(string code, bool isProgram, bool withLibrary = true)
    {
        CSharpCompilationOptions options = new(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        Project project = _workspace
            .AddProject("Bench", LanguageNames.CSharp)
            .WithCompilationOptions(options)
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.Preview))
            .WithMetadataReferences(withLibrary ? Frameworks.Add(Library) : Frameworks);
        _document = project.AddDocument("Code.cs", SourceText.From(code));
        _id = _document.Id;
    }

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = Make<DiagnosticAnalyzer>();

    public static ImmutableArray<CodeFixProvider> Fixes { get; } = Make<CodeFixProvider>();

    /// <summary>What the compiler objects to.</summary>
    public async Task<string[]> CompileAsync(CancellationToken cancellationToken)
    {
        Compilation compilation = (await _document.Project.GetCompilationAsync(cancellationToken))!;
        return
        [
            .. compilation.GetDiagnostics(cancellationToken)
                .Where(static found => found.Severity == DiagnosticSeverity.Error).Select(static found => found.ToString()),
        ];
    }

    /// <summary>What the rules find, in the order of the code.</summary>
    public async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(CancellationToken cancellationToken)
    {
        Compilation compilation = (await _document.Project.GetCompilationAsync(cancellationToken))!;
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync(cancellationToken);
        return [.. found.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(static diagnostic => diagnostic.Location.SourceSpan.End)];
    }

    /// <summary>The fixes that are offered for a diagnostic.</summary>
    public async Task<List<CodeAction>> FindFixesAsync(Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        List<CodeAction> actions = [];
        foreach (CodeFixProvider provider in Fixes.Where(provider => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
            await provider.RegisterCodeFixesAsync(new(_document, diagnostic, (action, _) => actions.Add(action), cancellationToken));
        return actions;
    }

    /// <summary>Puts what a fix makes of the code on the bench.</summary>
    public async Task<string> ApplyAsync(CodeAction action, CancellationToken cancellationToken)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(cancellationToken);
        _document = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(_id)!;
        return (await _document.GetTextAsync(cancellationToken)).ToString();
    }

    /// <summary>The code as an assembly of this process.</summary>
    public async Task<Assembly> LoadAsync(CancellationToken cancellationToken)
    {
        Compilation compilation = (await _document.Project.GetCompilationAsync(cancellationToken))!;
        using MemoryStream image = new();
        Assert.Empty(compilation.Emit(image, cancellationToken: cancellationToken).Diagnostics.Where(static found => found.Severity == DiagnosticSeverity.Error));
        return Assembly.Load(image.ToArray());
    }

    public void Dispose() => _workspace.Dispose();

    private static ImmutableArray<T> Make<T>() =>
        [.. typeof(LibraryAnalyzer).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract)
            .OrderBy(static type => type.Name, StringComparer.Ordinal).Select(static type => (T)Activator.CreateInstance(type)!)];

    // The assemblies that this process runs on; those of the tests themselves are not what users compile against.
    private static ImmutableArray<MetadataReference> FindFrameworks() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => !path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal))
            .Select(static path => (MetadataReference)MetadataReference.CreateFromFile(path))];
}
