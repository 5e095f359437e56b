using System.Numerics;
using System.Runtime.CompilerServices;

namespace ConcurrencyNotebooks;

/// <summary>The scalar product, with and without the vector units of the processor.</summary>
/// <example>
/// <code>
/// Vectors.Dot([1, 2, 3], [4, 5, 6])       // 32
/// </code>
/// </example>
public static class Vectors
{
    /// <summary>The sum of the products, one by one.</summary>
    /// <param name="x">A vector.</param>
    /// <param name="y">Another one, of the same length.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(float[] x, float[] y)
    {
        var sum = 0f;
        for (var i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    /// <summary>The same, as many products at once as the processor has room for.</summary>
    /// <inheritdoc cref="Dot" path="/param"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float DotOfVectors(float[] x, float[] y)
    {
        var (sums, i) = (Vector<float>.Zero, 0);
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
            sums += new Vector<float>(x, i) * new Vector<float>(y, i);
        var sum = Vector.Sum(sums);
        for (; i < x.Length; i++)
            sum += x[i] * y[i]; // what is left over
        return sum;
    }
}
