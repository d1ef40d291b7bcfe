using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

/// <summary>Parameters and results of handlers without a contract.</summary>
public sealed class TypedHandlerTests
{
    [Theory]
    [InlineData("ns.On(\"up\", (ISocket s, {|TSR115:System.IO.Stream|} body) => Task.CompletedTask);")]
    [InlineData("ns.On(\"up\", (ISocket s, int n, {|TSR115:CancellationToken|} token) => Task.CompletedTask);")]
    [InlineData("ns.On(\"up\", (ISocket s, {|TSR115:object|} o, {|TSR115:Action|} a) => Task.CompletedTask);")]
    [InlineData("ns.On(\"up\", (ISocket s, {|TSR115:ISocket|} o, {|TSR115:DateTimeKind|} k, {|TSR115:int[,]|} a) => Task.CompletedTask);")]
    [InlineData("ns.Once(\"up\", (ISocket s, {|TSR115:System.IO.Stream|} body) => Task.CompletedTask);")]
    [InlineData("ns.OnConnected(s => { s.On(\"up\", (int n, {|TSR115:ISocket|} s) => Task.CompletedTask); return Task.CompletedTask; });")]
    [InlineData("Func<ISocket, System.IO.Stream, Task> handler = (_, _) => Task.CompletedTask; ns.On(\"up\", {|TSR115:handler|});")]
    public Task A_parameter_that_cannot_be_read_is_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Theory]
    [InlineData("ns.On(\"a\", (ISocket s, string t, int n, Guid? g, byte[] b) => Task.CompletedTask);")]
    [InlineData("ns.On(\"a\", (ISocket s, SocketArgument a, SocketId id, DateTimeOffset at, ReadOnlyMemory<byte> b) => Task.CompletedTask);")]
    [InlineData("ns.On(\"a\", (ISocket s, Note note, List<Note> notes, Note[] more, string[] texts) => Task.CompletedTask);")]
    [InlineData("ns.On(\"a\", (s, arguments) => Task.CompletedTask);")]
    public Task Other_parameters_are_not_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Theory]
    [InlineData("ns.On(\"a\", {|TSR116:(ISocket s, string t) => Task.FromResult(1)|});")]
    [InlineData("ns.On(\"a\", {|TSR116:(s, arguments) => Task.FromResult(1)|});")]
    [InlineData("ns.On(\"a\", {|TSR116:(s, arguments) => { if (s.IsConnected) return Task.FromResult(1); return Task.CompletedTask; }|});")]
    [InlineData("ns.On(\"a\", {|TSR116:async (ISocket s, string t) => await Find(t)|}); static Task<Note> Find(string t) => null!;")]
    [InlineData("ns.On(\"a\", {|TSR116:Find|}); static Task<Note> Find(ISocket s, SocketArguments a) => null!;")]
    [InlineData("Func<ISocket, SocketArguments, Task<int>> handler = null!; ns.On(\"a\", {|TSR116:handler|});")]
    [InlineData("ns.Once(\"a\", {|TSR116:async (s, arguments) => await Task.FromResult(new object())|});")]
    [InlineData("ns.OnConnected(s => { s.Once(\"a\", {|TSR116:async (int n) => await Task.FromResult(new object())|}); return Task.CompletedTask; });")]
    [InlineData("ns.On(\"a\", {|TSR116:Find|}); static Task<Note> Find(ISocket s) => null!;")]
    [InlineData("ns.OnServerEvent(\"a\", {|TSR116:async arguments => await Task.FromResult(1)|});")]
    [InlineData("ns.OnConnected(s => { s.On(\"a\", {|TSR116:async arguments => await Task.FromResult(new object())|}); return Task.CompletedTask; });")]
    public Task A_result_that_is_lost_is_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Theory]
    [InlineData("ns.On(\"a\", async (ISocket s, string t, int n) => n + 1);")]
    [InlineData("ns.On(\"a\", async (ISocket s, string t) => await Task.FromResult(1));")]
    [InlineData("ns.On(\"a\", async (s, arguments) => await Task.FromResult(1));")]
    [InlineData("ns.Once(\"a\", async (s, arguments) => await Task.FromResult(1));")]
    [InlineData("ns.On(\"a\", async s => await Task.FromResult(1));")]
    [InlineData("ns.On(\"a\", async s => await s.JoinAsync(\"b\"));")]
    [InlineData("ns.OnConnected(s => { s.On(\"a\", async () => 1); s.Once(\"a\", async (int n) => n); return Task.CompletedTask; });")]
    [InlineData("ns.On(\"a\", async (ISocket s, string room) => await s.JoinAsync(room));")]
    [InlineData("ns.On(\"a\", (s, arguments) => Task.FromResult(arguments));")]
    [InlineData("ns.On(\"a\", async (s, arguments) => { await Task.FromResult(1); });")]
    [InlineData("ns.On(\"a\", (s, arguments) => { Func<Task<int>> f = () => { return Task.FromResult(1); }; return f().ContinueWith(_ => { }); });")]
    [InlineData("ns.On(\"a\", (s, arguments) => throw new InvalidOperationException());")]
    [InlineData("var n = 0; ns.OnServerEvent(\"a\", async arguments => n = await Task.FromResult(1));")]
    [InlineData("ns.OnConnected(s => Task.FromResult(1));")]
    public Task Other_results_are_not_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));
}
