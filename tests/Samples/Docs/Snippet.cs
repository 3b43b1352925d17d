using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RequestsAsync.Samples.Tests;

/// <summary>A block of code from a page as a program of its own, compiled as a project of the user's would be.</summary>
internal sealed class Snippet
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using RequestsAsync;
        global using static Prelude;
        """;

    // A page shows a part of a program: what it declares is used, and awaited, in the part that it leaves out.
    private static readonly ImmutableDictionary<string, ReportDiagnostic> Accepted =
        ((string[])["CS0168", "CS0219", "CS1998", "CS8321"]).ToImmutableDictionary(id => id, _ => ReportDiagnostic.Suppress);

    // The hosts that examples ask, and where in httpbin their answers come from.
    private static readonly IReadOnlyDictionary<string, string> Hosts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["https://api.example.com/"] = "/anything/",
        ["https://httpbin.org/"] = "/",
    };

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly CSharpCompilation _compilation;

    /// <summary>What every block takes for granted.</summary>
    public static string PreludeFile { get; } = Path.Combine(AppContext.BaseDirectory, "Docs", "Prelude.cs");

    /// <summary>Prepares a program.</summary>
    /// <param name="block">Its code. The hosts of the pages' examples stand for httpbin in it.</param>
    /// <param name="bin">The URL of an httpbin.</param>
    public Snippet(CodeBlock block, string bin)
    {
        SyntaxTree code = Parse(AtBin(block.Code, bin), block);
        string prelude = File.ReadAllText(PreludeFile).Replace("http://httpbin", bin, StringComparison.Ordinal);
        SyntaxTree[] trees = [code, Parse(Usings), Parse(prelude, PreludeFile)];
        OutputKind kind = IsProgram(code) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        CSharpCompilationOptions options = new(kind, nullableContextOptions: NullableContextOptions.Enable, specificDiagnosticOptions: Accepted);
        _compilation = CSharpCompilation.Create("Snippet", trees, References, options);
    }

    /// <summary>What the compiler has to say against it, warnings included, with the page's lines.</summary>
    public IEnumerable<string> Complaints =>
        _compilation.GetDiagnostics().Where(found => found.Severity >= DiagnosticSeverity.Warning).Select(found => found.ToString());

    /// <summary>Runs it to its end; a block of declarations alone does nothing.</summary>
    public async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using MemoryStream image = new();
        _compilation.Emit(image, cancellationToken: cancellationToken);
        var program = Assembly.Load(image.ToArray());
        if (program.EntryPoint is not { } main) return;

        try
        {
            await Task.Run(() => main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null), cancellationToken)
                .WaitAsync(Patience, cancellationToken);
        }
        finally
        {
            await (Task)program.GetType("Prelude")!.GetMethod("CloseAsync")!.Invoke(null, null)!;
        }
    }

    private static SyntaxTree Parse(string text, string path = "") => CSharpSyntaxTree.ParseText(text, Parsing, path);

    private static SyntaxTree Parse(string text, CodeBlock block)
    {
        string line = $"#line {block.Line} \"{block.Page}\"\n";
        return Parse(HasFields(Parse(text)) ? $"class Members\n{{\n{line}{text}}}" : line + text);
    }

    // Members of some class, shown without it.
    private static bool HasFields(SyntaxTree tree) => tree.GetCompilationUnitRoot().Members.OfType<FieldDeclarationSyntax>().Any();

    private static bool IsProgram(SyntaxTree tree) => tree.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any();

    private static string AtBin(string code, string bin)
    {
        foreach ((string host, string path) in Hosts) code = code.Replace(host, bin + path, StringComparison.Ordinal);
        return code;
    }
}
