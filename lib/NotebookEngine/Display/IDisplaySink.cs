namespace NotebookEngine;

/// <summary>Where displayed values go. Called from any thread, so an implementation synchronises itself.</summary>
public interface IDisplaySink
{
    /// <summary>A value was displayed for the first time.</summary>
    /// <param name="bundle">The value's forms.</param>
    /// <param name="displayId">Names the output, so that <see cref="Update"/> can find it again.</param>
    void Display(MimeBundle bundle, string displayId);

    /// <summary>An output displayed before shows something else from now on, wherever it stands.</summary>
    /// <param name="bundle">The new forms.</param>
    /// <param name="displayId">The id given to <see cref="Display"/>.</param>
    void Update(MimeBundle bundle, string displayId);
}
