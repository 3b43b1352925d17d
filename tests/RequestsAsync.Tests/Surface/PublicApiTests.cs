namespace RequestsAsync.Tests;

public sealed class PublicApiTests() : PublicApiContract(typeof(Requests).Assembly, "RequestsAsync.Tests");
