using System.CommandLine;

return new RootCommand("Runs the concurrency notebooks and writes their handouts.").Parse(args).Invoke();
