using System.Diagnostics;

namespace RequestsAsync;

// The usual request: one without content, credentials, hooks, retries and proxies, which nothing has to look at or to wait for on its way out.
internal sealed partial class Exchange
{
    // Begins one, while there is room.
    private bool TryBeginPlain(PreparedRequest prepared)
    {
        if (prepared.Body is not null || prepared.Auth is not null || _hooks?.OnRequest is not null) return false;
        if ((_request.Extras?.Retry ?? Settings.Retry) is { Attempts: not 1 } || Sending.Current is not null) return false;

        _way = _session.WayTo(prepared);
        if (_way.Proxy is not null || _session.Gate.TryEnter(_inBatch) is not { } admission) return false;

        try
        {
            BeginSending(prepared, wantsNew: false).Admit(admission, waited: null, MayWaitForOthers(prepared.Url));
        }
        catch
        {
            // A listener of telemetry may throw, and the place must not be lost.
            if (_sending is null) _session.Gate.Leave(admission);
            else _sending.End();
            throw;
        }

        _attempts = 1;
        return true;
    }

    // Not an async method, so that what flows from here flows with the caller, until EndPlain takes it back.
    private ValueTask<HttpResponseMessage> SendPlainAsync(PreparedRequest prepared)
    {
        SentMessage message = PlainMessage(prepared, _sending!);
        if (_sending!.NeedsFlow) Sending.Current = _sending;
        return _async
            ? new(_way.Transport.SendAsync(message, _deadline!.Token))
            : new(_way.Transport.Send(message, _deadline!.Token));
    }

    private void EndPlain(HttpResponseMessage? answer, bool isAnswered)
    {
        if (_sending!.NeedsFlow) Sending.Current = null;
        if (!isAnswered) EndUnanswered(_sending, answer);
    }

    // Most requests say what the one before has said, by URLs of one origin. The message and its fields are then there already.
    private SentMessage PlainMessage(PreparedRequest prepared, Sending sending)
    {
        string? cookies = Messages.CookiesFor(prepared, prepared.Headers, Jar);
        bool isUsual = cookies is null && _way.IsNetwork && _session.OwnsTransport && Activity.Current is null && prepared.Url.Href.Length <= PlainRequests.MaxLength;
        if (isUsual && _messageOf is { } before && Messages.IsAlike(before, prepared) && _message!.Version == HttpVersions.Of(prepared, blocking: !_async))
        {
            sending.IsAscii = true;
            _message.RequestUri = prepared.Url.ToUri();
            _message.Sending = sending;
        }
        else
        {
            _message = MakeMessage(prepared, prepared.Headers, cookies, sending);
            _messageOf = isUsual && sending.IsAscii && !sending.NeedsFlow && MaySayItAgain(_message, prepared) ? prepared : null;
        }

        return _message;
    }

    // Whether it has the session's fields and no others, each once, as they are told without it.
    private bool MaySayItAgain(SentMessage message, PreparedRequest prepared)
    {
        if (Settings.Ways.KnowsProxies || message.Content is not null || message.Version.Major > 2) return false;

        int fields = 0;
        foreach (ref readonly KeyValuePair<string, string?> field in prepared.Headers.Entries)
        {
            if (field.Value is not null) fields++;
        }

        return message.Headers.NonValidated.Count == fields;
    }

    // The transport has done with a message when the body of its answer is here whole. It shows a message to one connection attempt at most that may begin
    // later than that, when another connection was free sooner: such an attempt goes to the same origin, and counts as begun for the request that it finds.
    private void RestMessage()
    {
        if (_mayKeepMessage && _messageOf is not null) _message!.Sending = null;
        else _message = null;
        if (_message is null) _messageOf = null;
        _mayKeepMessage = false;
    }
}
