namespace ConcurrencyNotebooks.Tests;

public sealed class ShowTests
{
    [Fact]
    public void A_method_is_shown_with_its_attributes_and_without_its_documentation()
    {
        var source = Show.Find("Primes.IsPrime").Should().ContainSingle().Subject;

        source.Should().StartWith("[MethodImpl(MethodImplOptions.AggressiveOptimization)]\npublic static bool IsPrime(int number)\n{\n")
            .And.Contain("    if (number < 2)\n").And.EndWith("\n}").And.NotContain("///");
    }

    [Fact]
    public void All_methods_of_a_name_are_shown_expression_bodied_ones_too() =>
        Show.Find("Primes.Count").Should().HaveCount(2)
            .And.Contain("public static int Count(PrimeRange range) => Count(range.Start, range.End);");

    [Theory]
    [InlineData("InterpreterLock.HandOver", "private void HandOver()\n{\n    Drop();\n    Take();\n}")] // private
    [InlineData("FixedThreadPool.MapAsync", "public async Task<TOut[]> MapAsync<TIn, TOut>(\n*)\n{\n*}")] // with type parameters, broken
    [InlineData("DelayEndpoints.DelayAsync", "private static async Task<IResult> DelayAsync(string *")] // of an internal type
    public void Methods_of_every_kind_are_found(string method, string expected) =>
        Show.Find(method).Should().ContainSingle().Which.Should().Match(expected);

    [Fact]
    public void Several_methods_stand_one_below_the_other()
    {
        var (before, console) = (Console.Out, new StringWriter());
        Console.SetOut(console);
        try
        {
            Show.Source("InterpreterLock.HandOver", "Primes.IsPrime");
        }
        finally
        {
            Console.SetOut(before);
        }

        console.ToString().ReplaceLineEndings("\n").Should().StartWith("private void HandOver()").And.Contain("}\n\n[MethodImpl");
    }

    [Theory]
    [InlineData("Primes.Cuont", "*Primes has no method Cuont; it has Count, IsPrime.*")]
    [InlineData("Prime.Count", "*no source of a type Prime; there is that of *, Primes,*")]
    [InlineData("Primes", "*'Primes' is no method*such as Primes.Count*")]
    public void What_is_not_there_is_answered_with_what_is(string method, string message)
    {
        var showing = () => Show.Source(method);

        showing.Should().Throw<ArgumentException>().WithMessage(message);
    }
}
