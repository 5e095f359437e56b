using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace OutOfProcess;

/// <summary>Carries types by their names and by the files that they are in, which the other process loads as well.</summary>
internal static class TypeName
{
    private const char Separator = '\0';

    // "D" of a Guid.
    private const int BuildLength = 36;

    private static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>The name of a type, then the build and the path of each file that it needs and the framework has not.</summary>
    /// <exception cref="NotSupportedException">It is in memory, or made of a type that is.</exception>
    public static string TextOf(Type type) => Cache.Texts.GetOrAdd(type, static type =>
    {
        // Also a type that is only an argument of another, as in an empty List<T>.
        var parts = AddParts(type, []);
        if (parts.FirstOrDefault(TypeRules.IsInMemory) is { } inMemory)
            throw new NotSupportedException($"{TypeRules.NameOf(inMemory)} {TypeRules.InMemory}");
        var files = parts.Where(part => !IsOfFramework(part)).Select(part => part.Assembly).Distinct()
            .Select(assembly => $"{assembly.ManifestModule.ModuleVersionId}{assembly.Location}");
        return string.Join(Separator, files.Prepend(type.AssemblyQualifiedName));
    });

    /// <summary>The type that the other process described.</summary>
    public static Type Parse(string text) => Cache.Types.GetOrAdd(text, static text =>
    {
        var parts = text.Split(Separator);
        var files = parts.Skip(1).Select(file => Load(file[BuildLength..], new Guid(file[..BuildLength]))).ToList();
        Assembly Resolve(AssemblyName name) => files.Find(file => file.GetName().Name == name.Name) ?? Assembly.Load(name);
        return Type.GetType(parts[0], Resolve, typeResolver: null, throwOnError: true)!;
    });

    /// <summary>Whether a type belongs to the framework, which both processes have in the same version.</summary>
    public static bool IsOfFramework(Type type) => Path.GetDirectoryName(type.Assembly.Location) == FrameworkFolder;

    /// <summary>The assembly of a file: the one that this process has loaded from there, or else the file.</summary>
    /// <exception cref="NotSupportedException">It is of another build than in the other process.</exception>
    public static Assembly Load(string location, Guid build)
    {
        var assembly = Load(location);
        return assembly.ManifestModule.ModuleVersionId == build ? assembly : throw new NotSupportedException(
            $"{location} is of another build there than here; it was built again meanwhile, so start the program again");
    }

    private static Assembly Load(string location)
    {
        // This library itself and the framework's are loaded from here, whatever folder the caller has them from.
        var file = Path.GetFileName(location);
        var library = typeof(TypeName).Assembly;
        if (file == Path.GetFileName(library.Location))
            return library;
        if (File.Exists(Path.Combine(FrameworkFolder, file)))
            return Assembly.Load(Path.GetFileNameWithoutExtension(file));

        // Loops, since a worker's start would take longer if it loaded LINQ for them.
        foreach (var context in AssemblyLoadContext.All)
        {
            foreach (var assembly in context.Assemblies)
            {
                if (assembly.Location == location)
                    return assembly;
            }
        }

        return AssemblyLoadContext.Default.LoadFromAssemblyPath(location);
    }

    // What decides how a value of a type is read: its arguments, its bases, and the structs that lie inside of it.
    private static HashSet<Type> AddParts(Type type, HashSet<Type> parts)
    {
        if (type.HasElementType)
            return AddParts(type.GetElementType()!, parts);
        if (!parts.Add(type))
            return parts;
        var inside = type.IsValueType ? TypeRules.FieldsOf(type).Select(field => field.FieldType) : [];
        foreach (var part in type.GetGenericArguments().Concat(inside).Append(type.BaseType ?? typeof(object)))
            AddParts(part, parts);
        return parts;
    }

    // Apart from the rest, which a worker needs for its first call.
    private static class Cache
    {
        public static readonly ConcurrentDictionary<Type, string> Texts = new();
        public static readonly ConcurrentDictionary<string, Type> Types = new();
    }
}
