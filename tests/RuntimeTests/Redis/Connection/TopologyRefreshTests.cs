using Microsoft.Extensions.Logging.Abstractions;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>
/// The order of handovers and refreshes: a refresh subscribes with a successor, so the former master must have been left.
/// </summary>
public sealed class TopologyRefreshTests
{
    private readonly List<string> _steps = [];
    private readonly FakeServer _first = new(1);
    private readonly FakeServer _second = new(2);
    private readonly TopologyRefresh _refresh = new(
        BusTimings.Default, new ServerRole(BusTimings.Default, NullLogger.Instance), NullLogger.Instance);

    [Fact]
    public async Task Masters_replaced_during_a_handover_are_left_before_the_refresh()
    {
        _first.IsReplica = true;

        Assert.True(await _refresh.FollowAsync(Connection(), new Handover(_steps, during: () => _second.IsReplica = true)));

        Assert.Equal(["leave 1", "leave 2", "refresh"], _steps);
        Assert.False(await _refresh.FollowAsync(Connection(), new Handover(_steps)));
    }

    [Fact]
    public async Task A_refresh_that_can_be_skipped_is_skipped_until_former_masters_are_left()
    {
        _second.IsReplica = true;
        await _refresh.RunAsync(Connection(), isSkippable: true);
        Assert.Empty(_steps);

        Assert.True(await _refresh.FollowAsync(Connection(), new Handover(_steps)));
        Assert.Equal(["leave 2", "refresh"], _steps);
    }

    [Fact]
    public async Task A_refresh_runs_while_all_masters_are_masters()
    {
        await _refresh.RunAsync(Connection(), isSkippable: true);
        Assert.Equal(["refresh"], _steps);
    }

    [Fact]
    public async Task The_handover_is_called_outside_the_locks()
    {
        var second = new SecondThread();
        var handover = second.Around<IServerHandover>(new Handover(_steps));
        _first.IsReplica = true;
        second.Call = () =>
        {
            _ = _refresh.FollowAsync(Connection(), new Handover([]));
            return Task.CompletedTask;
        };

        Assert.True(await _refresh.FollowAsync(Connection(), handover));

        // A connection is replaced by the bus, through a queue.
        second.AssertCalled<IServerHandover>(nameof(IServerHandover.MoveAsync));
    }

    private RedisLink Connection() => RedisLink.Of(FakeCluster.Connection(() => _steps.Add("refresh"), _first, _second));

    private sealed class Handover(List<string> steps, Action? during = null) : IServerHandover
    {
        public bool IsOnReplica => false;

        public async Task LeaveAsync(FormerMasters former, Func<Func<FormerMasters, Task>, Task> refresh)
        {
            await LeaveAsync(former);
            during?.Invoke();
            await refresh(LeaveAsync);
        }

        public Task MoveAsync(IRedisLink next, Func<Task> use) => throw new NotSupportedException();

        private Task LeaveAsync(FormerMasters former)
        {
            steps.Add($"leave {string.Join(' ', former.Servers.Select(server => server.ToString()!.Split(':')[^1]))}");
            return Task.CompletedTask;
        }
    }
}
