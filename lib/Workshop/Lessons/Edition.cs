namespace Workshop.Lessons;

/// <summary>For whom notebooks and pages are made.</summary>
internal enum Edition
{
    /// <summary>Who reads on by themselves: outputs and solutions, without the notes for the instructor.</summary>
    Reader,

    /// <summary>Who takes part in a workshop: no outputs, which would answer the predictions, and no solutions.</summary>
    Student,

    /// <summary>Who leads a workshop: everything, with the notes and the minutes of each section.</summary>
    Instructor,
}
