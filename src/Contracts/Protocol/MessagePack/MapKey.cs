using System.Text;

namespace TypedSocketRedis.Protocol;

/// <summary>Converts a map's key that is not text to text, as JavaScript does.</summary>
internal static class MapKey
{
    /// <summary>Reads one key and writes its text, which can contain invalid UTF-8.</summary>
    public static void Write(ref MessagePackCursor cursor, PooledBuffer to, int depth)
    {
        cursor.Read();
        WriteValue(ref cursor, to, depth);
    }

    private static void WriteValue(ref MessagePackCursor cursor, PooledBuffer to, int depth)
    {
        switch (cursor.Kind)
        {
            case MessagePackKind.Text or MessagePackKind.Bytes: to.Write(cursor.Bytes); break;
            case MessagePackKind.Nil: to.Write("null"u8); break;
            case MessagePackKind.Undefined: to.Write("undefined"u8); break;
            case MessagePackKind.Boolean: to.Write(cursor.Integer != 0 ? "true"u8 : "false"u8); break;
            case MessagePackKind.Integer: WriteText(JsNumber.Text(cursor.Integer), to); break;
            case MessagePackKind.Unsigned: WriteText(JsNumber.Text((ulong)cursor.Integer), to); break;
            case MessagePackKind.Float: WriteText(JsNumber.Text(cursor.Number), to); break;
            case MessagePackKind.Date: WriteText(IsoDate.LongText(cursor.Number), to); break;
            case MessagePackKind.Array: WriteArray(ref cursor, to, depth); break;
            case MessagePackKind.Map: WriteMap(ref cursor, to, depth); break;
            default:
                WriteText(JsNumber.Text(cursor.Integer), to);
                to.Write(","u8);
                to.Write(cursor.Bytes);
                break;
        }
    }

    private static void WriteArray(ref MessagePackCursor cursor, PooledBuffer to, int depth)
    {
        if (depth <= 0) throw MessagePackCursor.TooDeep();
        var count = cursor.Count;
        for (var i = 0; i < count; i++)
        {
            if (i > 0) to.Write(","u8);
            cursor.Read();
            if (cursor.Kind is MessagePackKind.Nil or MessagePackKind.Undefined) continue;
            WriteValue(ref cursor, to, depth - 1);
        }
    }

    private static void WriteMap(ref MessagePackCursor cursor, PooledBuffer to, int depth)
    {
        if (depth <= 0) throw MessagePackCursor.TooDeep();
        for (var members = 2L * cursor.Count; members > 0; members--) cursor.Skip(depth - 1);
        to.Write("[object Object]"u8);
    }

    private static void WriteText(string text, PooledBuffer to) => Encoding.ASCII.GetBytes(text, to);
}
