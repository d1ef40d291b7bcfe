using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("a\r\nb", @"a\u000D\u000Ab")]
    [InlineData("\u001b[31mred", @"\u001B[31mred")]
    [InlineData("\u0000\u007f\u0085", @"\u0000\u007F\u0085")]
    [InlineData("a\u2028b\u2029c\u202ed\ufeff", @"a\u2028b\u2029c\u202Ed\uFEFF")]
    [InlineData("Größe 漢字 \U0001F600 \"x\" \\", "Größe 漢字 \U0001F600 \"x\" \\")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Control_characters_are_escaped(string? text, string expected) => Assert.Equal(expected, new LogText(text).ToString());

    [Fact]
    public void Long_text_is_truncated_and_other_text_is_the_same_instance()
    {
        Assert.Equal(new string('x', 1024) + "…", new LogText(new string('x', 5000)).ToString());
        var text = new string('x', 1024);
        Assert.Same(text, new LogText(text).ToString());
        Assert.Equal(@"a\u000Ab…", LogText.Escape("a\nbcd", 3));
    }

    [Fact]
    public void A_rejected_value_is_escaped_in_the_exception()
    {
        var rejected = Assert.Throws<EventDataException>(() =>
        {
            var reader = new MessagePack.MessagePackReader(((SocketArgument)"1\n2").Raw);
            ValueReader.ReadDateTime(ref reader);
        });
        Assert.Contains(@"""1\u000A2""", rejected.Message, StringComparison.Ordinal);

        DataPath.Member(rejected, "k\u001b");
        Assert.Contains(@"k\u001B", rejected.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', rejected.Message);
    }
}
