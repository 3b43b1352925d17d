namespace RequestsAsync.Testing.Tests;

public sealed class PublicApiTests() : PublicApiContract(typeof(MockTransport).Assembly, "RequestsAsync.Testing.Tests");
