using System.Globalization;
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

using var control = ControlBlock.Open(args[2]);
using var calls = RemoteCalls.Open(args[0], FileAccess.Read);
using var answers = RemoteCalls.Open(args[1], FileAccess.Write);
var index = int.Parse(args[3], CultureInfo.InvariantCulture);
var watch = new OwnerWatch(int.Parse(args[4], CultureInfo.InvariantCulture), control, index);
return new RemoteCalls(calls, answers, control, index, watch).Run();
