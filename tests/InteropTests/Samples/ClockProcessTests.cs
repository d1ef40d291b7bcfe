using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TypedSocketRedis.Tests;

/// <summary>The Clock sample as a process: its options, its console output and its shutdown.</summary>
public sealed class ClockProcessTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task The_clock_shows_ticks_of_both_nodes_and_ends_within_two_seconds_of_a_signal(string signal)
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
    public async Task A_signal_during_the_start_ends_the_clock_cleanly(string line)
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
    public async Task An_invalid_command_line_is_refused_with_the_usage_and_exit_code_2(params string[] options)
    {
        await using var clock = ChildProcess.Start(Tools.Dotnet, [Tools.Clock, .. options]);

        Assert.Equal(2, await clock.ExitAsync());
        Assert.Empty(clock.Output);
        Assert.Contains(options[^1].Split(',', ':')[^1], clock.Errors.First(), StringComparison.Ordinal);
        Assert.Contains(clock.Errors, line => line.StartsWith("Usage:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_help_option_prints_the_usage()
    {
        await using var clock = ChildProcess.Start(Tools.Dotnet, Tools.Clock, "--help");

        Assert.Equal(0, await clock.ExitAsync());
        Assert.StartsWith("Usage:", clock.Output.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_reported_in_one_line()
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
    public async Task The_clock_serves_its_clients_without_Redis_and_ticks_when_Redis_starts()
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
