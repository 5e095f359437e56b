using System.Runtime.CompilerServices;

namespace NotebookEngine;

/// <summary>
/// Protects code that an interruption must not tear: <c>try { AbortShield.Point(); } finally { … }</c>. An abort waits
/// for the end of a finally block, but the JIT turns an empty try with its finally into plain code, protection and all;
/// a call that it cannot look into prevents that.
/// </summary>
internal static class AbortShield
{
    /// <summary>The last place where an abort can strike before the protected code.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static void Point()
    {
    }
}
