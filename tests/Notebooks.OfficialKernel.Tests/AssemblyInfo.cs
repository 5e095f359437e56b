// One kernel at a time: notebooks measure, and a kernel takes a core to start.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
