	/// <summary>The events of <see cref="global::Demo.ILevelEvents"/> as values.</summary>
	public static class LevelEvents
	{
		/// <summary>The event <see cref="M:Demo.ILevelEvents.Levels(System.Collections.Generic.Dictionary{System.String,System.Nullable{Demo.Level}})"/> with its arguments.</summary>
		public readonly record struct Levels(global::System.Collections.Generic.Dictionary<string, global::Demo.Level?> Levels_) : __tsr.ISocketEvent<global::Demo.ILevelEvents>, __tsr.IReceivedEvent<Levels>
		{
			void __tsr.ISocketEvent<global::Demo.ILevelEvents>.Write(ref __tsr.EventDataWriter writer)
			{
				writer.Begin("levels"u8, 1);
				__gen.Dictionary_2Of_String_1And_Demo_Level_1NullFormatter.Write(ref writer.Writer, this.Levels_, 1);
			}

			static string __tsr.IReceivedEvent<Levels>.Name => "levels";

			static Levels __tsr.IReceivedEvent<Levels>.Read(__tsr.IncomingEvent incoming)
			{
				__tsr.EventDataReader arguments = new(incoming);
				ref __msg.MessagePackReader reader = ref arguments.Reader;
				__msg.MessagePackSerializerOptions options = __tsr.EventDataReader.Options;
				global::System.Collections.Generic.Dictionary<string, global::Demo.Level?> argument0 = default!;
				try
				{
					if (arguments.Next("levels", isOptional: false))
						argument0 = __gen.Dictionary_2Of_String_1And_Demo_Level_1NullFormatter.Instance.Deserialize(ref reader, options)!;
				}
				catch (global::System.Exception exception) when (__tsr.EventDataReader.IsMalformed(exception))
				{
					throw arguments.Refused(exception);
				}

				return new Levels(argument0);
			}
		}
	}
