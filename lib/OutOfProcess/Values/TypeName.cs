using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace OutOfProcess;

/// <summary>Carries types and assemblies by their names; the other process loads the same file.</summary>
internal static class TypeName
{
    private const byte Plain = 0;
    private const byte Generic = 1;
    private const byte ArrayOf = 2;

    private static readonly string FrameworkFolder = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());

    public static void Write(FrameWriter frame, Type type)
    {
        if (type.IsArray)
        {
            frame.Write(ArrayOf);
            frame.Write((byte)(type.IsSZArray ? 0 : type.GetArrayRank()));
            Write(frame, type.GetElementType()!);
        }
        else if (type.IsConstructedGenericType)
        {
            frame.Write(Generic);
            Write(frame, type.GetGenericTypeDefinition());
            foreach (var argument in type.GetGenericArguments())
                Write(frame, argument);
        }
        else
        {
            frame.Write(Plain);
            frame.WriteText(type.Assembly.Location);
            frame.WriteText(type.FullName!);
        }
    }

    public static Type Read(FrameReader frame)
    {
        switch (frame.Read<byte>())
        {
            case Plain:
                return Load(frame.ReadText()).GetType(frame.ReadText(), throwOnError: true)!;
            case Generic:
                var definition = Read(frame);
                return definition.MakeGenericType(Array.ConvertAll(definition.GetGenericArguments(), _ => Read(frame)));
            case ArrayOf:
                var rank = frame.Read<byte>();
                return rank == 0 ? Read(frame).MakeArrayType() : Read(frame).MakeArrayType(rank);
            case var tag:
                throw new ProtocolException($"A type cannot begin with {tag}.");
        }
    }

    /// <summary>Whether a type belongs to the framework, which both processes have in the same version.</summary>
    public static bool IsOfFramework(Type type) => Path.GetDirectoryName(type.Assembly.Location) == FrameworkFolder;

    /// <summary>The assembly of a file: the one that this process has loaded from there, or else the file.</summary>
    public static Assembly Load(string location)
    {
        // This library itself and the framework's are loaded from here, whatever folder the caller has them from.
        var file = Path.GetFileName(location);
        var library = typeof(TypeName).Assembly;
        if (file == Path.GetFileName(library.Location))
            return library;
        if (File.Exists(Path.Combine(FrameworkFolder, file)))
            return Assembly.Load(Path.GetFileNameWithoutExtension(file));
        return AssemblyLoadContext.All.SelectMany(context => context.Assemblies).FirstOrDefault(assembly => assembly.Location == location)
            ?? AssemblyLoadContext.Default.LoadFromAssemblyPath(location);
    }
}
