namespace RequestsAsync;

/// <summary>How a request reaches its host.</summary>
/// <param name="Transport">What speaks HTTP.</param>
/// <param name="Proxy">Through which proxy; <see langword="null"/> for none.</param>
/// <param name="IsNetwork">Whether the transport is the network's, which takes every URL as it is and whose bodies can be opened without a task.</param>
internal readonly record struct Way(HttpMessageInvoker Transport, Proxy? Proxy, bool IsNetwork);
