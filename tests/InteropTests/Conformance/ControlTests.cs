using System.Net;

namespace TypedSocketRedis.Tests.Conformance;

/// <summary>The control path itself; what its operations do is told by the cases of "control".</summary>
public sealed class ControlTests(PlainProfile profile) : IClassFixture<PlainProfile>
{
    [Theory]
    [InlineData("no JSON", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("{\"op\":\"dance\"}", HttpStatusCode.BadRequest)]
    [InlineData("{\"op\":\"emit\",\"event\":\"x\",\"args\":[],\"via\":\"emitter\"}", HttpStatusCode.InternalServerError)]
    [InlineData("{\"op\":\"emit\",\"event\":\"x\"}", HttpStatusCode.OK)]
    public async Task A_command_is_answered_with_what_became_of_it(string body, HttpStatusCode status)
    {
        var answer = await profile.Host.PostAsync(body);
        Assert.Equal(status, answer.Status);
        Assert.Contains(status == HttpStatusCode.OK ? "{\"result\":null}" : "{\"error\":\"", answer.Body, StringComparison.Ordinal);
    }
}
