	/// <summary>The events of <see cref="__contract"/> as values.</summary>
	public static class LevelEvents
	{
		/// <summary>The event <see cref="__contract.Levels"/> with its arguments.</summary>
		public readonly record struct Levels(global::System.Collections.Generic.Dictionary<string, global::Demo.Level?> Levels_) : __tsr.ISocketEvent<__contract>, __tsr.IReceivedEvent<Levels>
		{
			void __tsr.ISocketEvent<__contract>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("levels"u8, 1);
				__gen.Dictionary_2Of_String_1And_Demo_Level_1NullFormatter.Write(ref writer.Writer, this.Levels_, 1);
			}

			static string __tsr.IReceivedEvent<Levels>.Name => "levels";

			static Levels __tsr.IReceivedEvent<Levels>.Read(ref __tsr.EventDataReader arguments)
			{
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				__msg.MessagePackSerializerOptions options = __tsr.EventDataReader.Options;
				global::System.Collections.Generic.Dictionary<string, global::Demo.Level?> argument0 = default!;
				if (arguments.Next("levels", isOptional: false)) argument0 = __gen.Dictionary_2Of_String_1And_Demo_Level_1NullFormatter.Instance.Deserialize(ref reader, options)!;
				return new Levels(argument0);
			}
		}
	}
