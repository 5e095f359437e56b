using Xunit.Sdk;
using Xunit.v3;

// One program at a time: each test of a run has cores and a timeout of its own.
[assembly: Parallelization(Mode = ParallelMode.None)]
