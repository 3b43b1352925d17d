using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;

namespace RequestsAsync.Micro;

/// <summary>Listens to the samples that the runtime takes of what is allocated (its event <c>AllocationSampled</c>).</summary>
internal sealed class AllocationSampler : EventListener
{
    private const EventKeywords Sampling = (EventKeywords)0x80000000000;

    private readonly ConcurrentQueue<AllocationSample> _samples = new();
    private EventSource? _runtime;

    /// <summary>What was seen so far.</summary>
    public IReadOnlyCollection<AllocationSample> Samples => _samples;

    public void Start() => EnableEvents(_runtime!, EventLevel.Informational, Sampling);

    public void Stop() => DisableEvents(_runtime!);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime") _runtime = eventSource;
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName != "AllocationSampled") return;

        double size = Convert.ToDouble(Field(eventData, "ObjectSize"), CultureInfo.InvariantCulture);
        _samples.Enqueue(new(eventData.OSThreadId, (string)Field(eventData, "TypeName"), size));
    }

    private static object Field(EventWrittenEventArgs eventData, string name) => eventData.Payload![eventData.PayloadNames!.IndexOf(name)]!;
}
