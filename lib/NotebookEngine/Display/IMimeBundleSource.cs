namespace NotebookEngine;

/// <summary>A type of this engine that knows its own forms.</summary>
internal interface IMimeBundleSource
{
    MimeBundle ToMimeBundle();
}
