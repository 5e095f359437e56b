namespace NotebookEngine.Tests;

public class FormatterConventionTests
{
    [Theory]
    [InlineData(typeof(Echo))]
    [InlineData(typeof(DerivedEcho))]
    public void The_attribute_is_found_by_its_name_on_the_class_or_its_base(Type type)
    {
        var bundle = Formatter.Format(Activator.CreateInstance(type));

        bundle.Select(form => (form.Key, form.Value)).Should().Equal(
            ("text/html", "[text/html] echo"), ("text/plain", "[text/plain] echo"));
    }

    [Fact]
    public void Without_preferred_types_a_struct_is_shown_in_all_that_it_has()
    {
        Formatter.Format(default(EchoStruct)).MimeTypes.Should().Equal("text/html", "text/plain", "image/svg+xml");
    }

    [Fact]
    public void A_type_that_is_not_preferred_can_be_asked_for()
    {
        Formatter.Format(new Echo(), ["image/svg+xml"]).Select(form => (form.Key, form.Value)).Should().Equal(("image/svg+xml", "[image/svg+xml] echo"));
        Formatter.Format(new Echo(), ["text/plain"]).MimeTypes.Should().Equal("text/plain");
    }

    [Fact]
    public void Within_a_table_a_value_renders_itself()
    {
        var bundle = Formatter.Format(new[] { new { Chart = new Echo() } });

        bundle["text/html"].Should().Contain("<td>[text/html] echo</td>");
        bundle["text/plain"].Should().Contain("0      [text/plain] echo");
    }

    [Theory]
    [InlineData(typeof(PrefersTooMuch), "PrefersTooMuch prefers text/csv, for which it has no formatter.")]
    [InlineData(typeof(Breaking), "the text/html formatter of Breaking failed: InvalidOperationException: cannot <draw> Breaking; the text/plain formatter of Breaking returned false.")]
    [InlineData(typeof(SourceNeedsArgument), "the formatters of SourceNeedsArgument cannot be used: InvalidOperationException: NotebookEngine.Tests.NeedsArgument has no public constructor without parameters.")]
    [InlineData(typeof(AmbiguousFormat), "needs exactly one public bool Format(object, TextWriter).")]
    public void What_breaks_the_convention_is_said_and_the_value_is_shown_all_the_same(Type type, string warning)
    {
        var bundle = Formatter.Format(Activator.CreateInstance(type));

        bundle["text/plain"].Should().StartWith("⚠ ").And.Contain(warning).And.EndWith($"\n{type.Name} {{ Part = 1 }}");
        bundle["text/html"].Should().StartWith("<p><b>⚠ ").And.Contain(HtmlText.Escape(warning)).And.NotContain("half of it");
    }

    [Fact]
    public void A_broken_formatter_within_a_table_falls_back_to_the_members()
    {
        Formatter.Format(new[] { new Breaking() })["text/plain"].Should().Be("index  Part\n-----  ----\n0      1");
    }

    [Fact]
    public void ToHtml_serves_types_without_the_attribute()
    {
        var bundle = Formatter.Format(new WithToHtml());

        bundle["text/html"].Should().Be("<b>own</b>");
        bundle["text/plain"].Should().Be("WithToHtml { Part = 1 }");
        Formatter.Format(new[] { new WithToHtml() })["text/html"].Should().Contain("<b>own</b>");
        Formatter.Format(new WithToHtml(null))["text/plain"].Should().Be(
            "⚠ the text/html formatter of WithToHtml failed: InvalidOperationException: no html.\nWithToHtml { Part = 1 }");
    }

    [Fact]
    public void A_formatter_that_formats_its_own_value_for_ever_does_not_end_the_process()
    {
        Formatter.Format(new Recursive())["text/html"].Should().NotBeNull();
    }
}
