using System.Runtime.CompilerServices;

namespace NotebookHost;

/// <summary>Runs what an interruption must not tear: a message half sent, a buffer half changed.</summary>
internal static class AbortShield
{
    /// <summary>
    /// Calls something inside a finally block, the end of which an abort waits for. Only unoptimised code keeps its
    /// word: the optimising JIT removes an empty try together with its finally, and copies short finally blocks into the
    /// normal path, where nothing protects them.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoOptimization | MethodImplOptions.NoInlining)]
    public static void Run<TState>(TState state, Action<TState> call)
    {
        try
        {
        }
        finally
        {
            call(state);
        }
    }
}
