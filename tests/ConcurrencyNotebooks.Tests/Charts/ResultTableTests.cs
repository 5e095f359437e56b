namespace ConcurrencyNotebooks.Tests;

public class ResultTableTests
{
    [Fact]
    public void Rows_are_shown_in_their_order_with_rounded_numbers_and_escaped_text()
    {
        var table = new ResultTable("work", "model", "share").Add("a < b", ConcurrencyModel.Threads, 0.98765).Add("c", null, 2.0);

        table.ToString().Should().Be("work     model  share\na < b  Threads  0.988\nc                   2");
        table.ToHtml().Should().Contain("<td>a &lt; b<td>Threads<td>0.988").And.StartWith("<details class=cn-data open>");
    }

    [Fact]
    public void A_row_of_another_length_is_refused_with_the_columns_named()
    {
        var table = new ResultTable("work", "share");

        var adding = () => table.Add("only one");

        adding.Should().Throw<ArgumentException>().WithMessage("This row has 1 values, and the table 2 columns: work, share.*");
    }

    [Fact]
    public void A_table_without_columns_is_refused()
    {
        var making = () => new ResultTable();

        making.Should().Throw<ArgumentException>().WithMessage("A table has one column at least.*");
    }
}
