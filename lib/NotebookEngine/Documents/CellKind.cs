namespace NotebookEngine;

/// <summary>What a notebook cell holds.</summary>
public enum CellKind
{
    /// <summary>Source code that is run.</summary>
    Code,

    /// <summary>Text in Markdown.</summary>
    Markdown,

    /// <summary>Text that is neither run nor rendered; also every kind that nbformat 4 does not know.</summary>
    Raw,
}
