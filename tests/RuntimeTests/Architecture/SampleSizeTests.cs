using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The numbers of lines that the samples are held to.</summary>
public class SampleSizeTests
{
    private const int Program = 60;
    private const int Chat = 400;
    private const int TcpAdapter = 199;

    public static TheoryData<string> Programs => [.. SourceTree.Files("samples").Where(file => Path.GetFileName(file) == "Program.cs")];

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_fits_on_a_page(string file) => Assert.InRange(Lines(file), 1, Program);

    [Theory]
    [InlineData("samples/Chat", Chat)]
    [InlineData("samples/TcpAdapter", TcpAdapter)]
    public void A_sample_stays_small(string folder, int lines) => Assert.InRange(SourceTree.Files(folder).Sum(Lines), 1, lines);

    private static int Lines(string file) => SourceTree.Text(file).TrimEnd().Split('\n').Length;
}
