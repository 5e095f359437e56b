using ConcurrencyNotebooks;

// The arguments come from the library, never from a person.
if (args is [PlainPipe.Verb, var from, var to])
{
    using var bytes = RemoteCalls.Open(from, FileAccess.Read);
    using var echo = RemoteCalls.Open(to, FileAccess.Write);
    PlainPipe.Answer(bytes, echo);
    return 0;
}

if (args.Length != 5)
{
    Console.Error.WriteLine("This program is started by a ProcessPool of ConcurrencyNotebooks.dll and does nothing by itself.");
    return Protocol.ExitOnFailedStart;
}

using var calls = RemoteCalls.Open(args[0], FileAccess.Read);
using var answers = RemoteCalls.Open(args[1], FileAccess.Write);
var index = (int)RemoteCalls.Number(args[3]);
var control = ControlBlock.Open(args[2], index);
var watch = new OwnerWatch((int)RemoteCalls.Number(args[4]), control, index);
return new RemoteCalls(calls, answers, control, index, watch).Run();
