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
    string Stopped,
    string NoOutput,
    string NeedsScript,
    string NotShown,
    string NoPicture,
    string WebPicture,
    string EarlierRun,
    string RunOn,
    string SavedOn,
    string Seconds)
{
    public static HandoutTexts English { get; } = new(
        "en", "Concurrency Notebooks", "Skip to the content", "On this page", "Previous", "Next", "All notebooks",
        "日本語", "What this run showed", "Claim", "Measured", "Expected", "Verdict", "holds", "does not hold", "not decided",
        "Code", "Output", "This run stopped at an error; what comes after it was not run.", "This notebook has not been run yet.",
        "Part of this output needs a browser script, which a handout has none of; run the notebook to see it.",
        "This output ({0}) needs a browser script or another program, which a handout has none of; run the notebook to see it.",
        "the picture {0} is not there or cannot be read", "(a picture on the web, which a handout does not load)", "page of an earlier run",
        "Run on", "From the outputs saved in the notebook", "{0} s");

    public static HandoutTexts Japanese { get; } = new(
        "ja", "Concurrency Notebooks", "本文へ", "このページの内容", "前へ", "次へ", "ノートブック一覧",
        "English", "この実行で確かめたこと", "主張", "測定値", "期待", "判定", "成立", "不成立", "判定できず",
        "コード", "出力", "エラーのため途中で止まりました。以降のセルは実行されていません。", "まだ実行されていません。",
        "この出力の一部にはスクリプトが必要です。ノートブックを実行して確認してください。",
        "この出力（{0}）にはスクリプトか別のプログラムが必要です。ノートブックを実行して確認してください。",
        "画像 {0} がないか、読み込めません", "（ウェブ上の画像。このページでは読み込みません）", "以前の実行のページ",
        "実行日時", "ノートブックに保存された出力", "{0} 秒");

    /// <summary>The texts for a notebook, by the language in its name (<c>.ja.ipynb</c>).</summary>
    public static HandoutTexts For(string? language) => language == "ja" ? Japanese : English;
}
