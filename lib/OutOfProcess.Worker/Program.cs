using OutOfProcess;
using OutOfProcess.Worker;

WorkerProgram.IsRunning = true;

// The arguments come from the library, never from a person.
if (args.Length != 4)
{
    Console.Error.WriteLine("This program is started by a ProcessPool of OutOfProcess.dll and does nothing by itself.");
    return Protocol.ExitOnFailedStart;
}

ConsoleText.UseUtf8();
using var calls = Pipes.Open(args[0], FileAccess.Read);
using var answers = Pipes.Open(args[1], FileAccess.Write);
var control = new ControlBlock(args[2]);
var watch = new ParentWatch(Protocol.ParseNumber(args[3]), control);
return new WorkerLoop(calls, answers, control, watch).Run();
