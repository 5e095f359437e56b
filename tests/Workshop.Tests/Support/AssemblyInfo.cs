using Xunit.v3;

// Two programs at a time: most of a run is waiting, and each of them needs a core when it starts.
[assembly: Parallelization(MaxThreads = 2)]
