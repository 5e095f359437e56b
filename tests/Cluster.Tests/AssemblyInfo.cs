using Xunit.Sdk;
using Xunit.v3;

// One cluster at a time: its silos take the cores of a small machine.
[assembly: Parallelization(Mode = ParallelMode.None)]
