using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TypedSocketRedis.Tests;

/// <summary>The sample Clock as a program: its options, its console, its end.</summary>
public sealed class ClockProcessTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Shows_ticks_of_both_nodes_and_ends_within_two_seconds_of_a_signal(string signal)
    {
        await using var clock = ClockProcess.Start();
        await clock.TicksAsync();

        var ended = Stopwatch.StartNew();
        clock.Process.Signal(signal);

        Assert.Equal(0, await clock.Process.ExitAsync());
        Assert.InRange(ended.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Empty(clock.Process.Errors);
    }

    [Theory]
    [InlineData("Two nodes")]
    [InlineData("Ctrl+C ends it")]
    [InlineData("node   UTC")]
    public async Task Ends_cleanly_while_it_is_still_starting(string line)
    {
        for (var i = 0; i < 3; i++)
        {
            await using var clock = ClockProcess.Start();
            await clock.Process.LineAsync(line);

            var ended = Stopwatch.StartNew();
            clock.Process.Signal("INT");

            Assert.Equal(0, await clock.Process.ExitAsync());
            Assert.InRange(ended.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
            Assert.Empty(clock.Process.Errors);
        }
    }

    [Theory]
    [InlineData("--colour")]
    [InlineData("--help", "more")]
    [InlineData("--ports")]
    [InlineData("--ports", "5101")]
    [InlineData("--ports", "5101,5101")]
    [InlineData("--ports", "5101,99999")]
    [InlineData("--redis", "nowhere")]
    [InlineData("--redis", "host:port")]
    [InlineData("--seconds", "0")]
    [InlineData("--seconds", "soon")]
    public async Task Refuses_a_wrong_command_line_with_the_usage_and_code_2(params string[] options)
    {
        await using var clock = ChildProcess.Start(Tools.Dotnet, [Tools.Clock, .. options]);

        Assert.Equal(2, await clock.ExitAsync());
        Assert.Empty(clock.Output);
        Assert.Contains(options[^1].Split(',', ':')[^1], clock.Errors.First(), StringComparison.Ordinal);
        Assert.Contains(clock.Errors, line => line.StartsWith("Usage:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explains_itself()
    {
        await using var clock = ChildProcess.Start(Tools.Dotnet, Tools.Clock, "--help");

        Assert.Equal(0, await clock.ExitAsync());
        Assert.StartsWith("Usage:", clock.Output.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_in_one_line_that_a_port_is_in_use()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var clock = ClockProcess.StartOn([FreePort.Next(), port]);

        Assert.Equal(1, await clock.Process.ExitAsync());
        Assert.Contains($"{port}", Assert.Single(clock.Process.Errors), StringComparison.Ordinal);
        Assert.Empty(clock.Process.Output);
    }

    [Fact]
    public async Task Serves_its_clients_without_Redis_and_ticks_when_Redis_appears()
    {
        await using var redis = new RedisServer();
        await using var clock = ClockProcess.Start("--redis", redis.Address);
        await clock.Process.LineAsync("not reachable");
        await using var clients = new JsClients();
        var client = await clients.ConnectAsync($"http://localhost:{clock.Ports[1]}");
        Assert.StartsWith("welcome[", await client.NextAsync("welcome"), StringComparison.Ordinal);
        await client.EmitAsync("join", "[\"UTC\"]");
        Assert.Equal("""rooms[["UTC"]]""", await client.NextAsync("rooms"));

        await redis.InitializeAsync();

        Assert.StartsWith("""time["UTC","20""", await client.NextAsync("time"), StringComparison.Ordinal);
        await clock.TicksAsync();
        Assert.Single(clock.Process.Output, line => line.Contains("not reachable", StringComparison.Ordinal));
        Assert.Empty(clock.Process.Errors);
    }
}
