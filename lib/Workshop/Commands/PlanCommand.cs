using Workshop.Planning;
using Workshop.Running;

namespace Workshop.Commands;

/// <summary><c>plan</c>: writes the timing plan of a workshop from the minutes in the notebooks.</summary>
internal static class PlanCommand
{
    public static Command Create() => Options.Verb(
        new("plan", $"Writes notebooks/{WorkshopPlan.FileName} from the minutes in the notebooks' metadata."),
        (_, _) => Task.FromResult(Write()));

    private static int Write()
    {
        var notebooks = Repository.Require().Notebooks;
        var plan = new WorkshopPlan(notebooks);
        var problems = plan.Problems().ToList();
        problems.ForEach(RunConsole.Complain);
        var path = Path.Combine(notebooks, WorkshopPlan.FileName);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(plan.ToMarkdown()));
        Console.WriteLine($"Plan: {path}");
        return problems.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }
}
