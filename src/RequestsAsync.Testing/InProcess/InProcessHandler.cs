using System.Diagnostics;

namespace RequestsAsync.Testing;

/// <summary>Calls an application in memory: blocking too, and with its failures named.</summary>
internal sealed class InProcessHandler(HttpMessageHandler application) : DelegatingHandler(application)
{
    // What the test server itself throws for HttpContext.Abort.
    private const string AbortMessage = "The application aborted the request.";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!IsOfCaller(e, request, cancellationToken))
        {
            throw IsAbort(e) ? Aborted(e) : Failed(e, request);
        }
    }

    // The application runs on other threads, and this one is held as by a network.
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Task<HttpResponseMessage> answering = Task.Run(() => SendAsync(request, cancellationToken), CancellationToken.None);
        Blocking.Hold(answering);
        return Blocking.Complete(new ValueTask<HttpResponseMessage>(answering));
    }

    private static bool IsOfCaller(Exception e, HttpRequestMessage request, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested || e is CallerException || request.Content is BodyContent { SourceFailure: not null };

    private static bool IsAbort(Exception e) => e is OperationCanceledException && e.Message == AbortMessage;

    private static HttpRequestException Aborted(Exception e) =>
        new(HttpRequestError.ResponseEnded, "The application aborted the request.", new HttpIOException(HttpRequestError.ResponseEnded, e.Message, e));

    private static AppFailedException Failed(Exception e, HttpRequestMessage request)
    {
        StackFrame? frame = new StackTrace(e, fNeedFileInfo: true).GetFrames().FirstOrDefault(frame => frame.GetFileName() is not null) ?? new StackTrace(e).GetFrame(0);
        string where = frame?.GetFileName() is { } file ? $" ({Path.GetFileName(file)}:{frame.GetFileLineNumber()})" : "";
        return new AppFailedException($"the application threw {e.GetType().Name} while it answered {request.Method} {request.RequestUri?.AbsolutePath}: {e.Message}{where}", e);
    }
}
