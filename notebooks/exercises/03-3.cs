// Exercise 03-3, of notebooks/03-threads.ipynb. Find the bug. Five threads are to ask for a page each. Instead every
// one of them ends with an exception. (In a program of your own that would be the end; the checker catches it.)
// Checked: five requests are in flight at once, one for each name, and the answers are in order.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

string[] AskOnThreads(string[] names, Func<string, string> ask)
{
    var answers = new string[names.Length];
    var threads = new List<Thread>();
    for (var i = 0; i < names.Length; i++) threads.Add(new Thread(() => answers[i] = ask(names[i])));
    threads.ForEach(thread => thread.Start());
    threads.ForEach(thread => thread.Join());
    return answers;
}
return (await Exercise.CheckAsync("03-3", AskOnThreads)).Report();
