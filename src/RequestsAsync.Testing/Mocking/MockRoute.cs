using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace RequestsAsync.Testing;

/// <summary>Which requests a <see cref="MockTransport"/> answers, how, and how often. Made by <see cref="MockTransport.On(string, string)"/>; each method returns the same route.</summary>
/// <remarks>
/// A route takes part as soon as it has a reply, so requirements come before it. Safe for calls on any number of threads: each gets a number of its own, and
/// reply number n goes to call number n.
/// </remarks>
public sealed partial class MockRoute
{
    private readonly Lock _gate = new();
    private readonly MockTransport _mock;
    private readonly string _method;
    private readonly RoutePattern _pattern;
    private volatile IRequirement[] _requirements = [];
    private bool _answersBeforeBody;

    internal MockRoute(MockTransport mock, string method, RoutePattern pattern)
    {
        _mock = mock;
        _method = method;
        _pattern = pattern;
    }

    /// <summary>The calls that it has answered, in the order in which they came.</summary>
    public IReadOnlyList<MockCall> Calls => [.. _mock.Calls.Where(call => call.Route == this)];

    /// <summary>Whether some of its requirements are about content.</summary>
    internal bool NeedsBody { get; private set; }

    internal bool AnswersBeforeBody => _answersBeforeBody;

    /// <summary>Only requests whose query has the parameter, with any value. It may have others.</summary>
    /// <param name="name">The name, decoded.</param>
    public MockRoute WithQuery(string name) => Require(new FieldRequirement("query", Named(name), value: null, isAbsent: false, call => call.Query));

    /// <summary>Only requests whose query has the parameter with this value. It may have others.</summary>
    /// <param name="name">The name, decoded.</param>
    /// <param name="value">The value, decoded; one of several is enough.</param>
    public MockRoute WithQuery(string name, string value) => Require(new FieldRequirement("query", Named(name), Given(value), isAbsent: false, call => call.Query));

    /// <summary>Only requests whose query does not have the parameter.</summary>
    /// <param name="name">The name, decoded.</param>
    public MockRoute WithoutQuery(string name) => Require(new FieldRequirement("query", Named(name), value: null, isAbsent: true, call => call.Query));

    /// <summary>Only requests with the header field, with any value.</summary>
    /// <param name="name">The name, in any case.</param>
    public MockRoute WithHeader(string name) => Require(new FieldRequirement("header", Named(name), value: null, isAbsent: false, call => call.Headers, isHeader: true));

    /// <summary>Only requests with the header field and this value.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <param name="value">The whole value.</param>
    public MockRoute WithHeader(string name, string value) => Require(new FieldRequirement("header", Named(name), Given(value), isAbsent: false, call => call.Headers, isHeader: true));

    /// <summary>Only requests without the header field.</summary>
    /// <param name="name">The name, in any case.</param>
    public MockRoute WithoutHeader(string name) => Require(new FieldRequirement("header", Named(name), value: null, isAbsent: true, call => call.Headers, isHeader: true));

    /// <summary>Only requests whose form (<c>application/x-www-form-urlencoded</c>) has the field with this value. It may have others.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value; one of several is enough.</param>
    public MockRoute WithForm(string name, string value) => Require(new FieldRequirement("form field", Named(name), Given(value), isAbsent: false, call => call.Form, needsBody: true));

    /// <summary>Only requests whose content is this JSON. The order of members does not count, nor how numbers are written.</summary>
    /// <param name="value">The value, written by <see cref="JsonDefaults.Options"/>.</param>
    public MockRoute WithJson(object? value) => Require(new JsonRequirement(JsonSerializer.SerializeToElement(value, JsonDefaults.Options), isSubset: false));

    /// <summary>Only requests whose content is JSON that says at least this: its objects may have other members, at any depth.</summary>
    /// <param name="value">The value, written by <see cref="JsonDefaults.Options"/>.</param>
    public MockRoute WithJsonContaining(object? value) => Require(new JsonRequirement(JsonSerializer.SerializeToElement(value, JsonDefaults.Options), isSubset: true));

    /// <summary>Only requests whose content is this text in UTF-8.</summary>
    /// <param name="text">The text.</param>
    public MockRoute WithText(string text) => Require(new BytesRequirement(Encoding.UTF8.GetBytes(Given(text)), isText: true));

    /// <summary>Only requests with these bytes as content.</summary>
    /// <param name="bytes">The bytes, which are copied.</param>
    public MockRoute WithBytes(ReadOnlyMemory<byte> bytes) => Require(new BytesRequirement(bytes.ToArray(), isText: false));

    /// <summary>Only requests for which the code says so; it sees the content too.</summary>
    /// <param name="predicate">The code, which may be called several times for one request, on any thread.</param>
    /// <param name="text">How it is shown in messages; by default as it is written.</param>
    public MockRoute Where(Func<MockCall, bool> predicate, [CallerArgumentExpression(nameof(predicate))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Require(new PredicateRequirement(predicate, text));
    }

    /// <summary>
    /// Answers as soon as the head of the request is here. A request with <c>Expect: 100-continue</c> then never sends its content; any other sends it all the
    /// same, for it does not wait to be asked.
    /// </summary>
    /// <exception cref="InvalidOperationException">The route has requirements about content.</exception>
    public MockRoute BeforeBody()
    {
        if (NeedsBody) throw new InvalidOperationException($"'{this}' must have the content before it can decide.");
        _answersBeforeBody = true;
        return this;
    }

    /// <summary>Method, pattern and requirements.</summary>
    public override string ToString() => _requirements.Length == 0 ? $"{_method} {_pattern}" : $"{_method} {_pattern} with {string.Join(", ", (IEnumerable<IRequirement>)_requirements)}";

    /// <summary>Whether a request is one of its own, its content left aside.</summary>
    internal bool MatchesHead(MockCall call, out IReadOnlyDictionary<string, string> parameters)
    {
        parameters = RoutePattern.NoParameters;
        return IsLive && (_method == "*" || _method == call.Method) && _pattern.Matches(call.Url, out parameters) && Meets(call, ofBody: false);
    }

    /// <summary>Whether the content is one for it too.</summary>
    internal bool MatchesBody(MockCall call) => !NeedsBody || Meets(call, ofBody: true);

    /// <summary>What keeps a request from being one of its own.</summary>
    internal List<Mismatch> Explain(MockCall call)
    {
        List<Mismatch> found = [];
        if (_method != "*" && _method != call.Method) found.Add(new(Mismatch.OfMethod, $"method: expected {_method}, got {call.Method}"));
        found.AddRange(_pattern.Explain(call.Url));
        foreach (IRequirement requirement in _requirements)
            found.AddRange(requirement.Explain(call));
        if (ExplainCount() is { } count) found.Add(new(Mismatch.OfCount, count));
        return found;
    }

    private static string Named(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name;
    }

    private static string Given(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }

    private bool Meets(MockCall call, bool ofBody)
    {
        foreach (IRequirement requirement in _requirements)
        {
            if (requirement.NeedsBody == ofBody && !requirement.IsMet(call)) return false;
        }

        return true;
    }

    private MockRoute Require(IRequirement requirement)
    {
        if (requirement.NeedsBody && _answersBeforeBody) throw new InvalidOperationException($"'{this}' answers before the content is here, and cannot look at it.");

        lock (_gate)
        {
            _requirements = [.. _requirements, requirement];
            NeedsBody |= requirement.NeedsBody;
        }

        return this;
    }
}
