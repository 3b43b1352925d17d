using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace RequestsAsync.Testing;

/// <summary>
/// <c>/oauth/token</c> issues tokens (RFC 6749) to the client <c>client</c> with the secret <c>secret</c>, also on behalf of the user
/// <c>user</c> with the password <c>passwd</c>, and <c>/oauth/resource</c> takes them (RFC 6750). The query can set other names.
/// </summary>
internal static class OAuthEndpoints
{
    private const string Bearer = "Bearer ";
    private const string DefaultScope = "read";
    private static readonly string[] Scopes = ["read", "write"];

    internal static void Map(BinRoutes routes)
    {
        var tokens = new OAuthTokens(routes.Time);
        routes.Map("/oauth/token", ["POST"], call => TokenAsync(call, tokens));
        routes.Any("/oauth/resource", call => ResourceAsync(call, tokens));
    }

    private static async Task TokenAsync(BinCall call, OAuthTokens tokens)
    {
        EchoBody body = await EchoBody.ReadAsync(call).ConfigureAwait(false);

        // RFC 6749 §5.1: nobody may keep what has a token in it.
        call.Response.Headers.CacheControl = "no-store";
        call.Response.Headers.Pragma = "no-cache";
        try
        {
            OAuthForm form = OAuthForm.Read(body.Form);
            string client = OAuthClient.Authenticate(call, form);
            (OAuthToken token, bool isRefreshed) = Grant(call, form, client, tokens);
            await call.JsonAsync(json => WriteToken(json, token, isRefreshed, tokens)).ConfigureAwait(false);
        }
        catch (OAuthError error)
        {
            await RefuseAsync(call, error).ConfigureAwait(false);
        }
    }

    // Whether a refresh token comes along: RFC 6749 §4.4.3 gives none to a client that can ask again by itself.
    private static (OAuthToken Token, bool IsRefreshed) Grant(BinCall call, OAuthForm form, string client, OAuthTokens tokens)
    {
        TimeSpan lifetime = call.Seconds("expires_in", 3600);
        switch (form.Require("grant_type"))
        {
            case "client_credentials":
                return (new OAuthToken(client, User: null, ScopeOf(form, string.Join(' ', Scopes)), lifetime, Issued: 0), false);
            case "password":
                string user = form.Require("username");
                if (user != (call.Args.First("user") ?? "user") | form.Require("password") != (call.Args.First("passwd") ?? "passwd"))
                    throw new OAuthError("invalid_grant", "This user is unknown, or the password is another.");
                return (new OAuthToken(client, user, ScopeOf(form, string.Join(' ', Scopes)), lifetime, Issued: 0), true);
            case "refresh_token":
                string value = form.Require("refresh_token");
                if (tokens.FindRefresh(value) is not { } granted || granted.Client != client) throw Unknown();
                string scope = form["scope"] is null ? granted.Scope : ScopeOf(form, granted.Scope);
                return tokens.Consume(value) ? (granted with { Scope = scope, Lifetime = lifetime }, true) : throw Unknown();
            case var other:
                throw new OAuthError("unsupported_grant_type", $"There is client_credentials, password and refresh_token, but no {other}.");
        }

        static OAuthError Unknown() => new("invalid_grant", "This refresh token is unknown, was used, or belongs to another client.");
    }

    // RFC 6749 §3.3, §6: no more than there is, and a refresh gives no more than was granted.
    private static string ScopeOf(OAuthForm form, string granted)
    {
        string[] asked = (form["scope"] ?? DefaultScope).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return asked.Length > 0 && asked.All(scope => granted.Split(' ').Contains(scope, StringComparer.Ordinal))
            ? string.Join(' ', asked)
            : throw new OAuthError("invalid_scope", $"What can be asked for is: {granted}");
    }

    private static void WriteToken(Utf8JsonWriter json, OAuthToken token, bool isRefreshed, OAuthTokens tokens)
    {
        json.WriteString("access_token", tokens.IssueAccess(token));
        json.WriteNumber("expires_in", (long)token.Lifetime.TotalSeconds);
        if (isRefreshed) json.WriteString("refresh_token", tokens.IssueRefresh(token));
        json.WriteString("scope", token.Scope);
        json.WriteString("token_type", "Bearer");
    }

    private static Task RefuseAsync(BinCall call, OAuthError error)
    {
        bool isClient = error.Code == "invalid_client";
        if (isClient) call.Response.Headers.WWWAuthenticate = "Basic realm=\"oauth\"";
        ReadOnlyMemory<byte> body = EchoJson.Document(json =>
        {
            json.WriteString("error", error.Code);
            json.WriteString("error_description", error.Message);
        });
        return call.SendAsync(isClient ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest, MediaTypeNames.Application.Json, body);
    }

    private static Task ResourceAsync(BinCall call, OAuthTokens tokens)
    {
        string header = call.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return ChallengeAsync(call, StatusCodes.Status401Unauthorized, "");
        if (tokens.FindAccess(header[Bearer.Length..].Trim()) is not { } token)
            return ChallengeAsync(call, StatusCodes.Status401Unauthorized, ", error=\"invalid_token\", error_description=\"The token is unknown or over\"");

        string needed = call.Args.First("scope") ?? DefaultScope;
        if (!token.Scope.Split(' ').Contains(needed, StringComparer.Ordinal))
            return ChallengeAsync(call, StatusCodes.Status403Forbidden, ", error=\"insufficient_scope\"");
        return call.JsonAsync(json =>
        {
            json.WriteString("client", token.Client);
            json.WriteString("scope", token.Scope);
            json.WriteString("user", token.User);
        });
    }

    private static Task ChallengeAsync(BinCall call, int status, string why)
    {
        call.Response.Headers.WWWAuthenticate = $"Bearer realm=\"oauth\"{why}";
        return call.SendAsync(status);
    }
}
