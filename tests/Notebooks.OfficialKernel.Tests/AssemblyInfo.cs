using Xunit.Sdk;
using Xunit.v3;

// One kernel at a time: notebooks measure, and a kernel takes a core to start.
[assembly: Parallelization(Mode = ParallelMode.None)]
