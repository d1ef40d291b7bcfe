using System.Net;

namespace TypedSocketRedis.Tests.Conformance;

/// <summary>The control path; the cases of <c>control</c> cover its operations.</summary>
public sealed class ControlTests(PlainProfile profile) : IClassFixture<PlainProfile>
{
    [Theory]
    [InlineData("no JSON", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("{\"op\":\"dance\"}", HttpStatusCode.BadRequest)]
    [InlineData("{\"op\":\"emit\",\"event\":\"x\",\"args\":[],\"via\":\"emitter\"}", HttpStatusCode.InternalServerError)]
    [InlineData("{\"op\":\"emit\",\"event\":\"x\"}", HttpStatusCode.OK)]
    public async Task A_command_returns_its_result_or_an_error(string body, HttpStatusCode status)
    {
        var answer = await profile.Host.PostAsync(body);
        Assert.Equal(status, answer.Status);
        Assert.Contains(status == HttpStatusCode.OK ? "{\"result\":null}" : "{\"error\":\"", answer.Body, StringComparison.Ordinal);
    }
}
