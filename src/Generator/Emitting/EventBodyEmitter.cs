using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Emits the code that encodes one event and passes it to a target.</summary>
internal static class EventBodyEmitter
{
    /// <summary>Writes the body of a method that has the event's parameters.</summary>
    /// <param name="code">The writer of the code.</param>
    /// <param name="contract">The contract of the event.</param>
    /// <param name="e">The event.</param>
    /// <param name="target">A name that is not used by the parameters.</param>
    /// <param name="handOver">The function that creates the last statement from the encoded event and the cancellation token.</param>
    public static void Write(SourceWriter code, ContractModel contract, EventModel e, string target, Func<string, string, string> handOver)
    {
        var data = "data";
        while (data == target || e.Parameters.Any(p => p.Name == data)) data += "_";
        var sent = e.Parameters.Where(p => p.Value is not null).ToArray();
        code.Line($"{KnownNames.EventDataWriter} {data} = new({CodeText.Utf8(e.WireName)}, {sent.Length});")
            .Line("try").Open();
        foreach (var p in sent)
            ValueEmitter.Write(code, Scope.Contract, p.Value!, p.Name, data + ".Writer", "1", $"{contract.Display}.{e.Method}({p.Name})");

        var token = e.Parameters.FirstOrDefault(p => p.Value is null)?.Name ?? KnownNames.CancellationToken + ".None";
        code.Line(handOver(data + ".Finish()", token));
        code.Close().Line("finally").Open().Line($"{data}.Dispose();").Close();
    }

    /// <summary>Returns the code of the function that reads an acknowledgement.</summary>
    public static string ReadAck(ValueModel ack)
    {
        var check = ack.IsNullable || ack.CanBeNil ? "" : $"{KnownNames.EventDataReader}.Require(ref reader); ";
        return "static (ref global::MessagePack.MessagePackReader reader, global::MessagePack.MessagePackSerializerOptions options) => "
            + $"{{ {check}return {ValueEmitter.Read(Scope.Contract, ack)}{ValueEmitter.Forgive(ack)}; }}";
    }
}
