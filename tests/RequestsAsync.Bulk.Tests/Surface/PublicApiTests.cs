namespace RequestsAsync.Bulk.Tests;

public sealed class PublicApiTests() : PublicApiContract(typeof(IFrontier).Assembly, "RequestsAsync.Bulk.Tests");
