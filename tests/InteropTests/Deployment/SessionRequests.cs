using System.Net;

namespace TypedSocketRedis.Tests.Deployment;

/// <summary>Some requests of one session of HTTP long-polling, as docs/deployment.md sends them to test a proxy.</summary>
internal static class SessionRequests
{
    // A packet without an effect.
    private const string Noop = "6";

    /// <summary>Opens a session, and returns the status of each of its further requests.</summary>
    public static async Task<IReadOnlyList<HttpStatusCode>> SendAsync(string server)
    {
        using var http = new HttpClient();
        var url = $"{server}/socket.io/?EIO=4&transport=polling";
        var id = (await http.GetStringAsync(url, TestContext.Current.CancellationToken)).Split('"')[3];
        List<HttpStatusCode> all = [];
        for (var i = 0; i < 8; i++)
        {
            using var content = new StringContent(Noop);
            using var response = await http.PostAsync($"{url}&sid={id}", content, TestContext.Current.CancellationToken);
            all.Add(response.StatusCode);
        }

        return all;
    }
}
