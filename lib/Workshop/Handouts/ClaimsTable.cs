using System.Text;
using Claim = ConcurrencyNotebooks.Claim;
using Verdict = ConcurrencyNotebooks.Verdict;

namespace Workshop.Handouts;

/// <summary>Claims as a table; on a narrow screen each becomes a card.</summary>
internal static class ClaimsTable
{
    /// <summary>The table.</summary>
    public static string Render(IEnumerable<Claim> claims, HandoutTexts texts)
    {
        var html = new StringBuilder($"""
            <table class="claims"><thead><tr><th scope="col">{texts.Verdict}</th><th scope="col">{texts.Claim}</th>
            <th scope="col">{texts.Measured}</th><th scope="col">{texts.Bound}</th></tr></thead>
            <tbody>

            """);
        foreach (var claim in claims)
        {
            var (mark, name, word) = claim.Verdict switch
            {
                Verdict.Holds => ("✔", "holds", texts.Holds),
                Verdict.Fails => ("✘", "fails", texts.Fails),
                _ => ("–", "undecided", texts.Undecided),
            };
            var reason = claim.Reason is { Length: > 0 } ? $"<small>{Html.Text(claim.Reason)}</small>" : "";
            html.Append(Html.Culture, $"""
                <tr class="{name}"><td class="verdict"><span aria-hidden="true">{mark}</span> {word}</td>
                <th scope="row">{Html.Text(claim.Statement)}{reason}</th>
                <td class="number" data-label="{texts.Measured}">{Html.Text(claim.Measured)}</td>
                <td class="number" data-label="{texts.Bound}">{Html.Text(claim.Bound)}</td></tr>

                """);
        }

        return html.Append("</tbody></table>\n").ToString();
    }
}
