using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

/// <summary>What became of one request among many: a response, or the error that stood in its way.</summary>
public sealed class Outcome
{
    internal Outcome(long index, Request request, Response response) => (Index, Request, Response) = (index, request, response);

    internal Outcome(long index, Request request, Exception error) => (Index, Request, Error) = (index, request, error);

    /// <summary>The place of the request in the input, from 0.</summary>
    public long Index { get; }

    /// <summary>The request.</summary>
    public Request Request { get; }

    /// <summary>Whether a response came, whatever its status; <see cref="Response.EnsureSuccess"/> judges that.</summary>
    [MemberNotNullWhen(true, nameof(Response))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Response is not null;

    /// <summary>The response, or <see langword="null"/> when none came.</summary>
    public Response? Response { get; }

    /// <summary>Why no response came: a <see cref="RequestException"/>, or what the caller's own code threw (a hook, a content stream).</summary>
    public Exception? Error { get; }

    /// <summary>The response, or the error thrown.</summary>
    /// <exception cref="RequestException">No response came.</exception>
    public Response GetResponse()
    {
        if (Error is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(Error);
        return Response!;
    }

    /// <summary>The request and what became of it, in one line.</summary>
    public override string ToString() => Succeeded ? $"{Request} {Response}" : $"{Request} {Error.Message}";
}
