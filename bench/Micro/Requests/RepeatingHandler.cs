using System.Net;

namespace RequestsAsync.Micro;

/// <summary>Sends again after a failure, as one writes it by hand: the other contenders have no retries of their own.</summary>
internal sealed class RepeatingHandler : DelegatingHandler
{
    private const int MaxAttempts = 3;

    public RepeatingHandler(HttpMessageHandler inner)
        : base(inner)
    {
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
                bool isPassing = response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
                if (!isPassing || attempt == MaxAttempts) return response;

                response.Dispose();
            }
            catch (HttpRequestException) when (attempt < MaxAttempts)
            {
                // Once more, after a pause.
            }

            await Task.Delay(TimeSpan.FromSeconds(attempt), cancellationToken);
        }
    }
}
