using System.Security.Cryptography;

namespace ConcurrencyNotebooks;

/// <summary>Calls that spend their time in native libraries, as NumPy's do in Python: there an interpreter lock is given up around them.</summary>
public static class NativeCode
{
    /// <summary>Bytes to work on, the same every time.</summary>
    public static byte[] Bytes(int megabytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(megabytes);
        var bytes = new byte[megabytes << 20];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(i * 7 / 5);
        return bytes;
    }

    /// <summary>Their SHA-256, computed by the system's cryptographic library (OpenSSL, CNG, CommonCrypto).</summary>
    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
