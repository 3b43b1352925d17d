using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync.Interop;

/// <summary>The tests that share one httpbin.</summary>
[CollectionDefinition(nameof(HttpBinCollection))]
[SuppressMessage("Naming", "CA1711", Justification = "xunit calls it a collection.")]
public sealed class HttpBinCollection : ICollectionFixture<HttpBinServer>;
