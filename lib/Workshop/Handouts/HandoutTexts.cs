namespace Workshop.Handouts;

/// <summary>The words of a page that do not come from its notebook, in the notebook's language.</summary>
internal sealed record HandoutTexts(
    string Language,
    string Site,
    string Skip,
    string Contents,
    string Previous,
    string Next,
    string AllNotebooks,
    string OtherLanguage,
    string Claims,
    string Claim,
    string Measured,
    string Bound,
    string Verdict,
    string Holds,
    string Fails,
    string Undecided,
    string Code,
    string Output,
    string LeftOut,
    string Stopped,
    string NoOutput,
    string NeedsScript,
    string RunOn,
    string SavedOn,
    string Seconds)
{
    public static HandoutTexts English { get; } = new(
        "en", "Concurrency Notebooks", "Skip to the content", "On this page", "Previous", "Next", "All notebooks",
        "日本語", "What this run showed", "Claim", "Measured", "Expected", "Verdict", "holds", "does not hold", "not decided",
        "Code", "Output", "Left out", "This run stopped at an error; what comes after it was not run.",
        "This notebook has not been run yet.", "This output needs a browser script, which a handout has none of; run the notebook to see it.",
        "Run on", "From the outputs saved in the notebook", "{0} s");

    public static HandoutTexts Japanese { get; } = new(
        "ja", "Concurrency Notebooks", "本文へ", "このページの内容", "前へ", "次へ", "ノートブック一覧",
        "English", "この実行で確かめたこと", "主張", "測定値", "期待", "判定", "成立", "不成立", "判定できず",
        "コード", "出力", "省略", "エラーのため途中で止まりました。以降のセルは実行されていません。",
        "まだ実行されていません。", "この出力にはスクリプトが必要です。ノートブックを実行して確認してください。",
        "実行日時", "ノートブックに保存された出力", "{0} 秒");

    /// <summary>The texts for a notebook, by the language in its name (<c>.ja.ipynb</c>).</summary>
    public static HandoutTexts For(string? language) => language == "ja" ? Japanese : English;
}
