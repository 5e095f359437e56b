using BenchmarkDotNet.Running;
using ConcurrencyNotebooks.Benchmarks;

if (args is ["switching", .. var options]) return SwitchingCommand.Run(options);

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
