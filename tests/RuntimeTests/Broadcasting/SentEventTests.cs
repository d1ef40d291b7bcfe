using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Tests.Protocol;
using Xunit;

namespace TypedSocketRedis.Tests.Broadcasting;

public class SentEventTests
{
    [Fact]
    public void Receivers_share_one_copy_of_the_arguments_and_may_keep_it()
    {
        var borrowed = Wire.MessagePack("""["said","hi",2]""");
        var sent = new SentEvent(new EventData(borrowed));
        var first = sent.Arguments;
        var second = sent.Arguments;
        Assert.True(first.Raw.Equals(second.Raw));
        Array.Clear(borrowed);
        Assert.Equal(("said", "hi", 2L), (sent.Name, first[0].GetString(), first[1].GetInt64()));
    }
}
