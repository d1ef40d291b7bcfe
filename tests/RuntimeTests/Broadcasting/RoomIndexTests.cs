using System.Collections.Immutable;
using System.Text;
using CsCheck;
using TypedSocketRedis.Broadcasting;
using Xunit;

namespace TypedSocketRedis.Tests.Broadcasting;

/// <summary>The room index compared with a model of plain sets over random operations.</summary>
public class RoomIndexTests
{
    private const int Sockets = 12;

    // The number of rooms exceeds that of a linear search, and some names differ only in case or by a prefix.
    private static readonly string[] RoomNames = ["", "a", "A", "aa", "b", "c", "d", "e", "f", "g", "h", "комната", "😀"];

    private static readonly Gen<ImmutableArray<string>> SomeRooms = Gen.Int[0, 12].Select(at => RoomNames[at]).Array[0,
        6].Select(rooms => rooms.ToImmutableArray());

    private static readonly Gen<Step> AnyStep = Gen.Select(Gen.Int[0, 9], Gen.Int[0, Sockets - 1], SomeRooms, SomeRooms,
        (kind, socket, rooms, except) => kind switch
    {
        < 4 => new Step(StepKind.Join, socket, rooms, []),
        < 6 => new Step(StepKind.Leave, socket, rooms, []),
        6 => new Step(StepKind.Remove, socket, [], []),
        _ => new Step(StepKind.Select, socket, rooms, except),
    });

    private enum StepKind
    {
        Join,
        Leave,
        Remove,
        Select,
    }

    [Fact]
    public void Any_sequence_of_joins_and_leaves_selects_the_same_sockets_as_plain_sets() => AnyStep.List[1, 120].Sample(steps =>
    {
        var index = new RoomIndex();
        var sockets = Enumerable.Range(0, Sockets).Select(_ => new RecordingSocket()).ToArray();
        var model = new Dictionary<RecordingSocket, List<string>>();
        var removed = new HashSet<RecordingSocket>();
        foreach (var step in steps)
        {
            Apply(step, index, sockets[step.Socket], model, removed);
            CheckRooms(index, sockets, model);
        }
    });

    [Fact]
    public void A_room_with_members_is_found_by_its_text_and_by_its_bytes()
    {
        var index = new RoomIndex();
        var member = new RecordingSocket().Membership;
        string[] names = ["room", "комната", new string('x', 1000), "", "😀"];
        index.Join(member, [.. names]);
        foreach (var name in names)
        {
            Assert.True(index.HasRoom(name));
            Assert.True(index.HasRoom(Encoding.UTF8.GetBytes(name)));
            Assert.False(index.HasRoom(Encoding.UTF8.GetBytes(name + "x")));
        }

        Assert.False(index.HasRoom([0xff, 0xfe]));
        index.Remove(member);
        Assert.All(names, name => Assert.False(index.HasRoom(name)));
        Assert.Equal((0, 0), (index.RoomCount, index.SocketCount));
    }

    [Fact]
    public void Room_lookup_and_selection_from_many_sockets_allocate_no_memory()
    {
        var index = new RoomIndex();
        for (var i = 0; i < 1000; i++) index.Join(new RecordingSocket().Membership, ["a", i % 2 == 0 ? "b" : "c"]);
        var options = new BroadcastOptions { Rooms = ["a", "b", "unknown"], Excepted = ["c", "unknown"] };
        var count = Count(index, options);
        _ = index.HasRoom("unknown room"u8);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
        {
            count = Count(index, options);
            _ = index.HasRoom("unknown room"u8);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(500, count);
    }

    private static int Count(RoomIndex index, BroadcastOptions options)
    {
        using var selection = index.Select(options);
        return selection.Count;
    }

    private static void Apply(Step step, RoomIndex index, RecordingSocket socket, Dictionary<RecordingSocket, List<string>> model,
        HashSet<RecordingSocket> removed)
    {
        switch (step.Kind)
        {
            case StepKind.Join:
                Assert.Equal(!removed.Contains(socket), index.Join(socket.Membership, step.Rooms));
                if (removed.Contains(socket)) break;
                if (!model.TryGetValue(socket, out var rooms)) model.Add(socket, rooms = []);
                foreach (var room in step.Rooms.Where(room => !rooms.Contains(room))) rooms.Add(room);
                break;
            case StepKind.Leave:
                index.Leave(socket.Membership, step.Rooms);
                if (model.TryGetValue(socket, out var left)) left.RemoveAll(step.Rooms.Contains);
                break;
            case StepKind.Remove:
                index.Remove(socket.Membership);
                model.Remove(socket);
                removed.Add(socket);
                break;
            default:
                CheckSelection(index, step, model);
                break;
        }
    }

    private static void CheckSelection(RoomIndex index, Step step, Dictionary<RecordingSocket, List<string>> model)
    {
        var expected = model.Where(one => (step.Rooms.IsEmpty || one.Value.Any(step.Rooms.Contains))
            && !one.Value.Any(step.Except.Contains)).Select(one => one.Key.Id);
        using var selection = index.Select(new BroadcastOptions { Rooms = step.Rooms, Excepted = step.Except });
        var ids = new List<SocketId>();
        foreach (var socket in selection.Sockets) ids.Add(socket.Id);
        Assert.Equal(expected.Select(id => id.ToString()).Order(StringComparer.Ordinal),
            ids.Select(id => id.ToString()).Order(StringComparer.Ordinal));
    }

    private static void CheckRooms(RoomIndex index, RecordingSocket[] sockets, Dictionary<RecordingSocket, List<string>> model)
    {
        foreach (var socket in sockets) Assert.Equal(model.GetValueOrDefault(socket, []), index.RoomsOf(socket.Membership));
        foreach (var name in RoomNames) Assert.Equal(model.Values.Any(rooms => rooms.Contains(name)), index.HasRoom(name));
        Assert.Equal(model.Count, index.SocketCount);
        Assert.Equal(model.Values.SelectMany(rooms => rooms).Distinct().Count(), index.RoomCount);
    }

    private sealed record Step(StepKind Kind, int Socket, ImmutableArray<string> Rooms, ImmutableArray<string> Except);
}
