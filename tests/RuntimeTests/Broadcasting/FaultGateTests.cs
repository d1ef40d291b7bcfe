using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using Xunit;

namespace TypedSocketRedis.Tests.Broadcasting;

public class FaultGateTests
{
    private const int MaxFaults = 1024;

    private readonly FakeTimeProvider _time = new();
    private readonly List<long> _reports = [];

    [Fact]
    public void The_first_occurrences_pass_and_the_others_are_reported_at_the_end_of_the_minute()
    {
        var gate = new FaultGate(_time);
        for (var i = 0; i < FaultGate.MaxPerMinute; i++) Assert.True(gate.TryEnter("one", _reports.Add));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(gate.TryEnter("one", _reports.Add));
        Assert.False(gate.TryEnter("one", _reports.Add));
        Assert.True(gate.TryEnter("two", _reports.Add));
        Assert.Empty(_reports);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([2], _reports);
        for (var i = 0; i < FaultGate.MaxPerMinute; i++) Assert.True(gate.TryEnter("one", _reports.Add));
        Assert.False(gate.TryEnter("one", _reports.Add));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([2, 1], _reports);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal([2, 1], _reports);
    }

    [Fact]
    public void Occurrences_of_different_minutes_pass()
    {
        var gate = new FaultGate(_time);
        for (var i = 0; i < 20; i++)
        {
            Assert.True(gate.TryEnter("one", _reports.Add));
            _time.Advance(TimeSpan.FromSeconds(15));
        }

        Assert.Empty(_reports);
    }

    [Fact]
    public void New_faults_do_not_pass_while_too_many_are_recent()
    {
        var gate = new FaultGate(_time);
        for (var i = 0; i < MaxFaults; i++) Assert.True(gate.TryEnter($"{i}", _reports.Add));
        Assert.False(gate.TryEnter("another", _reports.Add));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(gate.TryEnter("another", _reports.Add));
        Assert.True(gate.TryEnter("0", _reports.Add));
    }

    [Fact]
    public void The_report_has_no_context_of_an_occurrence()
    {
        var time = new CapturingTime();
        var gate = new FaultGate(time);
        for (var i = 0; i <= FaultGate.MaxPerMinute; i++) gate.TryEnter("one", _reports.Add);

        Assert.True(time.HasTimer);
        Assert.Null(time.Captured);
        Assert.NotNull(ExecutionContext.Capture());
    }

    private sealed class CapturingTime : FakeTimeProvider
    {
        public bool HasTimer { get; private set; }

        /// <summary>The context that a timer of the system would run in.</summary>
        public ExecutionContext? Captured { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (HasTimer, Captured) = (true, ExecutionContext.Capture());
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
