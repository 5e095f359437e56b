using System.Runtime.CompilerServices;

namespace ConcurrencyNotebooks;

/// <summary>Work on pictures, in which every byte is a grey pixel.</summary>
/// <example>
/// <code>
/// byte[] brighter = Pixels.Brighten([0, 100, 250]);    // 20, 120, 255
/// </code>
/// </example>
public static class Pixels
{
    /// <summary>A brighter copy of the pixels; what would be brighter than white is white.</summary>
    /// <param name="pixels">The picture, or a strip of it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static byte[] Brighten(byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        var brighter = new byte[pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
            brighter[i] = (byte)Math.Min(255, pixels[i] + 20);
        return brighter;
    }
}
