using System.Runtime.CompilerServices;
using Answer = RequestsAsync.Testing.Reply;

namespace RequestsAsync.Testing;

// How it answers.
public sealed partial class MockRoute
{
    private volatile ReplyStep[] _steps = [];
    private volatile SeededDraw? _draw;

    private bool IsLive => _steps.Length > 0;

    /// <summary>Answers with this: a <see cref="Testing.Reply"/>, a status alone, or a <see cref="Fault"/>.</summary>
    /// <param name="reply">What to answer.</param>
    public MockRoute Reply(Reply reply) => AnswerWith([new(reply)]);

    /// <summary>Answers with text.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="text">The text, sent in UTF-8 as <c>text/plain</c>.</param>
    public MockRoute Reply(int status, string text) => Reply(Answer.Text(text, status));

    /// <summary>Answers with JSON.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="json">The value, written by <see cref="JsonDefaults.Options"/>. To send a string as JSON, name the parameter.</param>
    public MockRoute Reply(int status, object? json) => Reply(Answer.Json(json, status));

    /// <summary>Answers with bytes.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="bytes">The bytes, which are copied.</param>
    public MockRoute Reply(int status, byte[] bytes) => Reply(Answer.Bytes(bytes, status));

    /// <inheritdoc cref="Reply(int, byte[])"/>
    public MockRoute Reply(int status, ReadOnlyMemory<byte> bytes) => Reply(Answer.Bytes(bytes, status));

    /// <summary>Answers with what a stream holds from where it stands, read now, so that each call gets all of it; see <see cref="Testing.Reply.Stream"/> for one that is read while it is sent.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="stream">The stream. It is left open.</param>
    public MockRoute Reply(int status, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return Reply(status, copy.ToArray());
    }

    /// <summary>Answers with what a function makes of each call. What it throws reaches the caller: one of the transport's exceptions is a failure of the network.</summary>
    /// <param name="reply">The function, called on any thread.</param>
    [OverloadResolutionPriority(1)] // call => throw … would be either
    public MockRoute Reply(Func<MockCall, Reply> reply) => AnswerWith([new(reply)]);

    /// <summary>Answers with what a function makes of each call in its time. A blocking caller's thread is held meanwhile.</summary>
    /// <param name="reply">The function, called on any thread; its token is that of the request.</param>
    public MockRoute Reply(Func<MockCall, CancellationToken, Task<Reply>> reply) => AnswerWith([new(reply)]);

    /// <summary>Answers the first call with the first of these, the next with the second, and so on; the last one again and again, unless <see cref="Times"/> says how often.</summary>
    /// <param name="replies">Replies, statuses, faults.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public MockRoute ReplyInSequence(params ReadOnlySpan<Reply> replies)
    {
        if (replies.IsEmpty) throw new ArgumentException("A sequence has at least one reply.", nameof(replies));

        ReplyStep[] steps = new ReplyStep[replies.Length];
        for (int i = 0; i < steps.Length; i++)
            steps[i] = new ReplyStep(replies[i]);
        return AnswerWith(steps);
    }

    /// <summary>Answers the call after those before with this, and so all that follow, unless there is another.</summary>
    /// <param name="reply">What to answer: a <see cref="Testing.Reply"/>, a status alone, or a <see cref="Fault"/>.</param>
    public MockRoute Then(Reply reply) => AnswerAlsoWith(new(reply));

    /// <inheritdoc cref="Then(Reply)"/>
    /// <param name="status">The status code.</param>
    /// <param name="text">The text, sent in UTF-8 as <c>text/plain</c>.</param>
    public MockRoute Then(int status, string text) => Then(Answer.Text(text, status));

    /// <inheritdoc cref="Then(Reply)"/>
    /// <param name="status">The status code.</param>
    /// <param name="json">The value, written by <see cref="JsonDefaults.Options"/>.</param>
    public MockRoute Then(int status, object? json) => Then(Answer.Json(json, status));

    /// <inheritdoc cref="Then(Reply)"/>
    /// <param name="reply">The function, called on any thread.</param>
    public MockRoute Then(Func<MockCall, Reply> reply) => AnswerAlsoWith(new(reply));

    /// <summary>Lets a fault take the place of some replies, drawn by the number of the call: with one seed call number n has the same fate in every run, whatever runs beside it.</summary>
    /// <param name="fault">What happens.</param>
    /// <param name="rate">To how many calls, from 0 to 1.</param>
    /// <param name="seed">Which ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not from 0 to 1.</exception>
    public MockRoute WithFault(Fault fault, double rate, int seed)
    {
        _draw = MockTransport.DrawOf(fault, rate, seed);
        return this;
    }

    /// <summary>What a call is answered with.</summary>
    internal ReplyStep StepFor(MockCall call)
    {
        if (_draw is { } own && own.Hits(call.RouteNumber)) return new ReplyStep(own.Fault);

        ReplyStep[] steps = _steps;
        return steps[Math.Min(call.RouteNumber, steps.Length) - 1];
    }

    private MockRoute AnswerWith(ReplyStep[] steps)
    {
        lock (_gate) _steps = steps;
        return this;
    }

    private MockRoute AnswerAlsoWith(ReplyStep step)
    {
        lock (_gate)
        {
            if (!IsLive) throw new InvalidOperationException($"'{this}' has no reply yet that another could follow. Begin with Reply.");
            _steps = [.. _steps, step];
        }

        return this;
    }
}
