using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>The pause after a CONNECT packet, for clients that add their listeners after CONNECT and miss events read with it.</summary>
public class SendPauseTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_after_a_CONNECT_are_written_five_milliseconds_later(bool isEarly)
    {
        var writes = new WriteLog();
        await using var server = await writes.StartAsync(io =>
        {
            if (isEarly) io.Of("/").Use(async socket => await socket.Client<AnyEvents>().EmitAsync("greeting"));
            else io.Of("/").OnConnected(async socket => await socket.Client<AnyEvents>().EmitAsync("greeting"));
        });
        using var client = await WsClient.OpenAsync(server);
        await client.SendAsync("40");
        Assert.StartsWith("40", await client.TextAsync(), StringComparison.Ordinal);
        Assert.Equal("42[\"greeting\"]", await client.TextAsync());
        var connect = writes.Single("40{");
        var greeting = writes.Single("42[");
        Assert.DoesNotContain("greeting", connect.Text, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(connect.At, greeting.At) >= DeadlineScheduler.PauseLength);
    }

    [Fact]
    public async Task The_number_of_pauses_per_session_is_bounded()
    {
        const int Namespaces = EngineSession.MaxPauses + 3;
        var writes = new WriteLog();
        await using var server = await writes.StartAsync(io =>
            io.Of((_, _, _) => ValueTask.FromResult(true))
                .OnConnected(async socket => await socket.Client<AnyEvents>().EmitAsync("greeting")));
        using var client = await WsClient.OpenAsync(server);
        for (var i = 0; i < Namespaces; i++)
        {
            await client.SendAsync($"40/n{i},");
            Assert.StartsWith($"40/n{i},", await client.TextAsync(), StringComparison.Ordinal);
            Assert.Equal($"42/n{i},[\"greeting\"]", await client.TextAsync());
        }

        Assert.True(server.Server.Engine.Table.Sessions.Single().HasMadeAllPauses);
    }

    /// <summary>The server's writes to a connection, one entry per flush.</summary>
    private sealed class WriteLog
    {
        private readonly List<(string Text, long At)> _writes = [];

        public Task<TestServer> StartAsync(Action<SocketIOServer> map) => TestServer.StartAsync(
            time: new FakeTimeProvider(),
            map: map,
            use: app => app.Use((context, next) =>
            {
                var feature = context.Features.Get<IConnectionTransportFeature>()!;
                if (context.WebSockets.IsWebSocketRequest || context.Request.Headers.Upgrade.Count > 0)
                    context.Features.Set<IConnectionTransportFeature>(new Recorded(feature.Transport, this));
                return next(context);
            }));

        public (string Text, long At) Single(string text)
        {
            lock (_writes) return _writes.Single(write => write.Text.Contains(text, StringComparison.Ordinal));
        }

        private void Add(byte[] bytes)
        {
            lock (_writes) _writes.Add((Encoding.Latin1.GetString(bytes), Stopwatch.GetTimestamp()));
        }

        private sealed class Recorded(IDuplexPipe inner, WriteLog log) : IConnectionTransportFeature, IDuplexPipe
        {
            public IDuplexPipe Transport
            {
                get => this;
                set => throw new NotSupportedException();
            }

            public PipeReader Input => inner.Input;

            public PipeWriter Output { get; } = new Writer(inner.Output, log);
        }

        private sealed class Writer(PipeWriter inner, WriteLog log) : PipeWriter
        {
            private readonly ArrayBufferWriter<byte> _written = new();
            private Memory<byte> _memory;

            public override void Advance(int bytes)
            {
                _written.Write(_memory.Span[..bytes]);
                inner.Advance(bytes);
            }

            public override Memory<byte> GetMemory(int sizeHint = 0) => _memory = inner.GetMemory(sizeHint);

            public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

            public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
            {
                log.Add(_written.WrittenSpan.ToArray());
                _written.ResetWrittenCount();
                return inner.FlushAsync(cancellationToken);
            }

            public override void CancelPendingFlush() => inner.CancelPendingFlush();

            public override void Complete(Exception? exception = null) => inner.Complete(exception);
        }
    }
}
