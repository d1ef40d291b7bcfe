    /// <summary>Makes a <see cref="global::Demo.IMore"/> of what its events can be sent to.</summary>
    public static class MoreSender
    {
        /// <summary>The target as the interface, for code that is to know nothing else.</summary>
        /// <remarks>An event that is acknowledged must have exactly one receiver; over several its task fails.</remarks>
        /// <param name="target">What the events are sent to.</param>
        /// <typeparam name="TTarget">The kind of the target.</typeparam>
        /// <returns>An implementation that sends each event.</returns>
        public static global::Demo.IMore AsMore<TTarget>(this TTarget target)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IMore> =>
            new Over<TTarget>(target);

        private sealed class Over<TTarget>(TTarget target) : global::Demo.IMore
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IMore>
        {
            private readonly TTarget _target = target;

            void global::Demo.IBase.First(int a) => global::Demo.MoreExtensions.First(this._target, a);

            void global::Demo.IMore.Second(int a) => global::Demo.MoreExtensions.Second(this._target, a);
        }
    }
