using System.Runtime.CompilerServices;
using Xunit;

namespace TypedSocketRedis.Tests.History;

/// <summary>The table of docs/contract-history.md: each row is proven by what both versions send and receive.</summary>
public sealed class HistoryTableTests(HistoryExchange exchange) : IClassFixture<HistoryExchange>
{
    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            for (var i = 0; i < HistoryCase.All.Count; i++) cases.Add(i, $"{HistoryCase.All[i].Attribute}: {HistoryCase.All[i].Change}");
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_row_of_the_table_holds(int index, string change)
    {
        Assert.NotEmpty(change);
        var row = exchange.Row(index);
        Assert.True(Table().Contains(row), row);
    }

    [Fact]
    public void The_table_has_no_other_rows() => Assert.Equal(HistoryCase.All.Count, Table().Length);

    private static string[] Table([CallerFilePath] string file = "") =>
    [
        .. File.ReadAllLines(Path.Combine(Path.GetDirectoryName(file)!, "../../../docs/contract-history.md"))
            .Where(line => line.StartsWith("| `[S", StringComparison.Ordinal)),
    ];
}
