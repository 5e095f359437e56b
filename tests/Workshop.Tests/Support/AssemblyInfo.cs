// One program at a time: each test of a run has cores and a timeout of its own.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
