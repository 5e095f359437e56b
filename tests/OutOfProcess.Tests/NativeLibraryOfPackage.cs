using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;

namespace OutOfProcess.Tests;

/// <summary>A library as the SDK builds it with a package that has native code: only its .deps.json knows where that is.</summary>
internal static class NativeLibraryOfPackage
{
    private const string Native = "runtimes/any/native/libnative-code.so";

    /// <summary>Builds it, and loads it here; the method is native code, and returns the number of its process.</summary>
    public static Func<int> MakeMethod(string folder)
    {
        var name = Path.GetFileName(folder);
        var library = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        var type = library.DefineDynamicModule(name).DefineType("Calls", TypeAttributes.Public | TypeAttributes.Sealed);
        type.DefinePInvokeMethod(
            "GetPid", "native-code", "SystemNative_GetPid",
            MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.PinvokeImpl,
            CallingConventions.Standard, typeof(int), [], CallingConvention.Cdecl, CharSet.Ansi)
            .SetImplementationFlags(MethodImplAttributes.PreserveSig);
        type.CreateType();
        library.Save(Path.Combine(folder, $"{name}.dll"));

        Directory.CreateDirectory(Path.Combine(folder, Path.GetDirectoryName(Native)!));
        File.Copy(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.so"), Path.Combine(folder, Native));
        File.WriteAllText(Path.Combine(folder, $"{name}.deps.json"), $$"""
            {
              "runtimeTarget": { "name": ".NETCoreApp,Version=v10.0", "signature": "" },
              "targets": {
                ".NETCoreApp,Version=v10.0": {
                  "Package/1.0.0": { "runtimeTargets": { "{{Native}}": { "rid": "any", "assetType": "native" } } }
                }
              },
              "libraries": { "Package/1.0.0": { "type": "package", "serviceable": false, "sha512": "" } }
            }
            """);
        return Assembly.LoadFrom(Path.Combine(folder, $"{name}.dll")).GetType("Calls")!.GetMethod("GetPid")!.CreateDelegate<Func<int>>();
    }
}
