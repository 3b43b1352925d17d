using System.Globalization;

namespace RequestsAsync.Micro;

/// <summary>Prints which objects one request makes, by hand over the invoker and with a session: where the next bytes can be saved.</summary>
internal static class ObjectCount
{
    private const int Calls = 2_000_000;
    private const double Rare = 0.05; // what is made less often is no part of a request

    public static async Task PrintAsync()
    {
        using Contenders texts = new(Transport.Handler, Answer.Text);
        using Contenders connected = new(Transport.Connection, Answer.Text);
        await PrintAsync("HttpMessageInvoker", async () => (await texts.Invoker.GetTextAsync(Contenders.Uri)).Length);
        await PrintAsync("RequestsAsync", async () => (await texts.Session.GetAsync(Contenders.Url)).EnsureSuccess().Text.Length);
        await PrintAsync("HttpMessageInvoker over SocketsHttpHandler", async () => (await connected.Invoker.GetTextAsync(Contenders.Uri)).Length);
        await PrintAsync("RequestsAsync over SocketsHttpHandler", async () => (await connected.Session.GetAsync(Contenders.Url)).EnsureSuccess().Text.Length);
    }

    private static async Task PrintAsync(string title, Func<ValueTask<int>> call)
    {
        AllocationProfile profile = await AllocationProfile.MeasureAsync(call, Calls);
        WriteLine($"GET, the body as text, by {title}: {profile.Bytes:F0} bytes, about {profile.Objects:F0} objects");
        foreach (AllocatedType type in profile.Types.Where(static type => type.Objects >= Rare))
            WriteLine($"  {type.Objects,5:F1} {type.Bytes,6:F0} B  {type.Name}");
    }

    private static void WriteLine(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
