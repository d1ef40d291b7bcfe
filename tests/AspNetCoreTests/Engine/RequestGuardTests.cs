using Microsoft.AspNetCore.Http;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>The response to a request whose handling throws.</summary>
public class RequestGuardTests
{
    public static TheoryData<Exception, int> Exceptions => new()
    {
        { new BadHttpRequestException("A chunk has no length."), StatusCodes.Status400BadRequest },
        { new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge),
            StatusCodes.Status413PayloadTooLarge },
        { new InvalidOperationException(), StatusCodes.Status500InternalServerError },
    };

    [Theory]
    [MemberData(nameof(Exceptions), DisableDiscoveryEnumeration = true)]
    public async Task An_exception_becomes_the_status_of_its_reason(Exception exception, int status)
    {
        await using var server = await TestServer.StartAsync();
        var context = new DefaultHttpContext();

        await new RequestGuard(server.Server.Engine).AwaitAsync(Task.FromException(exception), context);

        Assert.Equal(status, context.Response.StatusCode);
    }
}
