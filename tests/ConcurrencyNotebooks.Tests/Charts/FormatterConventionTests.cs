using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ConcurrencyNotebooks.Tests;

/// <summary>
/// What .NET Interactive's convention demands of every type that renders itself. It is read here by reflection and by
/// name, as a host reads it, because a mistake does not fail there: it ends the kernel.
/// </summary>
public sealed class FormatterConventionTests
{
    private static readonly Type[] Types = [.. typeof(ChartSpec).Assembly.GetTypes().Where(type => AttributeOf(type) is not null)];

    public static TheoryData<Type> RenderedTypes { get; } = [.. Types];

    // Types whose instances need more than a line, such as a pool with its processes, are shown by their own tests.
    private static readonly Dictionary<Type, Func<object>> Examples = new()
    {
        [typeof(ChartSpec)] = Gallery.Pictures["bars-two"],
        [typeof(Comparison)] = Gallery.Pictures["bars-models"],
        [typeof(Timeline)] = Gallery.Pictures["timeline-models"],
        [typeof(Claim)] = () => Claims.Exactly("one is one", 1, 1),
        [typeof(ClaimList)] = () => Claims.All(Claims.Exactly("one is one", 1, 1), Claims.Exactly("one is two", 1, 2)),
        [typeof(BenchmarkReport)] = () => new BenchmarkReport("t", "machine", [new("one", ConcurrencyModel.Threads, 12.5, 1, 0)]),
        [typeof(Choice)] = () => Choose.For(new Workload("primes", WorkloadKind.CpuBound) { ParallelNeeded = true }),
    };

    public static TheoryData<Type> TypesWithExample { get; } = [.. Examples.Keys];

    [Fact]
    public void Every_picture_and_every_claim_renders_itself()
    {
        Types.Should().Contain([typeof(ChartSpec), typeof(Comparison), typeof(Timeline), typeof(Claim), typeof(ClaimList)]);
    }

    [Theory]
    [MemberData(nameof(RenderedTypes))]
    public void Every_mime_type_that_is_asked_for_has_exactly_one_formatter(Type type)
    {
        var wanted = MimeTypes(type);

        var offered = Formatters(type).Select(MimeTypeOf).ToList();

        wanted.Should().NotBeEmpty().And.OnlyHaveUniqueItems().And.Contain("text/plain").And.Contain("text/html");
        offered.Should().OnlyHaveUniqueItems().And.Contain(wanted);
    }

    [Theory]
    [MemberData(nameof(RenderedTypes))]
    public void The_source_and_its_formatters_have_the_shape_that_hosts_look_for(Type type)
    {
        var source = SourceOf(type);

        source.IsPublic.Should().BeTrue();
        source.GetConstructor(Type.EmptyTypes).Should().NotBeNull("a host creates it without arguments");
        source.GetMethod("CreateTypeFormatters")!.ReturnType.Should().Be<IEnumerable<object>>();
        foreach (var formatter in Formatters(type))
        {
            var format = formatter.GetType().GetMethods(BindingFlags.Instance | BindingFlags.Public)
                .Where(method => method.Name == "Format").ToList();
            format.Should().ContainSingle("a host takes the only one").Which.ReturnType.Should().Be<bool>();
            format[0].GetParameters().Select(parameter => parameter.ParameterType).Should().Equal(typeof(object), typeof(TextWriter));
        }
    }

    [Theory]
    [MemberData(nameof(RenderedTypes))]
    public void The_type_also_has_the_one_method_by_which_Verso_renders(Type type)
    {
        type.GetMethod("ToHtml", BindingFlags.Instance | BindingFlags.Public, Type.EmptyTypes)!.ReturnType.Should().Be<string>();
    }

    [Theory]
    [MemberData(nameof(RenderedTypes))]
    public void Format_writes_something_and_returns_true_whatever_it_is_given(Type type)
    {
        var closed = type.IsGenericTypeDefinition ? type.MakeGenericType(typeof(object)) : type;
        object?[] instances = [null, "<b>text</b>", 42, new ThrowsWhenShown(), RuntimeHelpers.GetUninitializedObject(closed)];

        foreach (var formatter in Formatters(type))
        {
            foreach (var instance in instances)
            {
                var writer = new StringWriter();

                Format(formatter, instance, writer).Should().BeTrue();

                var isForPrograms = MimeTypeOf(formatter).EndsWith("+json", StringComparison.Ordinal);
                if (isForPrograms) writer.ToString()[^1].Should().BeOneOf(']', '}');
                if (instance is ThrowsWhenShown && !isForPrograms) writer.ToString().Should().Contain("could not be drawn: It throws.");
                if (instance is string && MimeTypeOf(formatter) == "text/html") writer.ToString().Should().Contain("&lt;b&gt;text");
            }
        }
    }

    [Theory]
    [MemberData(nameof(TypesWithExample))]
    public void Format_writes_what_the_type_itself_says(Type type)
    {
        var instance = Examples[type]();
        var bundle = Formatters(type).ToDictionary(MimeTypeOf, formatter =>
        {
            var writer = new StringWriter();
            Format(formatter, instance, writer);
            return writer.ToString();
        });

        bundle["text/plain"].Should().Be(instance.ToString());
        bundle["text/html"].Should().Be((string)type.GetMethod("ToHtml")!.Invoke(instance, null)!);
        if (instance is Picture picture) ChartSpec.FromJson(bundle[ChartSpec.MimeType]).ToSvg().Should().Be(picture.ToSvg());
    }

    private static Attribute? AttributeOf(Type type) =>
        type.GetCustomAttributes().SingleOrDefault(attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute");

    private static Type SourceOf(Type type) => (Type)Property(AttributeOf(type)!, "FormatterSourceType");

    private static string[] MimeTypes(Type type) => (string[])Property(AttributeOf(type)!, "PreferredMimeTypes");

    private static string MimeTypeOf(object formatter) => (string)Property(formatter, "MimeType");

    private static List<object> Formatters(Type type)
    {
        var source = Activator.CreateInstance(SourceOf(type))!;
        return [.. ((IEnumerable)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!).Cast<object>()];
    }

    private static bool Format(object formatter, object? instance, TextWriter writer) =>
        (bool)formatter.GetType().GetMethod("Format")!.Invoke(formatter, [instance, writer])!;

    private static object Property(object owner, string name) => owner.GetType().GetProperty(name)!.GetValue(owner)!;

    private sealed class ThrowsWhenShown
    {
        public override string ToString() => throw new InvalidOperationException("It throws.");
    }
}
