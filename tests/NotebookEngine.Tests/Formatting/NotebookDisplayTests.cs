using static NotebookEngine.NotebookDisplay;

namespace NotebookEngine.Tests;

/// <summary>These set what the whole process shares, so no other test runs beside them.</summary>
[CollectionDefinition(nameof(NotebookDisplayTests), DisableParallelization = true)]
[Collection(nameof(NotebookDisplayTests))]
public sealed class NotebookDisplayTests : IDisposable
{
    public void Dispose() => Sink = null;

    [Fact]
    public void A_displayed_value_can_be_updated_in_its_place_and_mime_type()
    {
        var sink = new RecordingSink();
        Sink = sink;

        var first = 1.Display("text/plain");
        var second = display("two");
        first.Update(3);

        sink.Events.Select(e => (e.Kind, e.DisplayId, e.Bundle["text/plain"])).Should().Equal(
            ("display", first.DisplayId, "1"), ("display", second.DisplayId, "two"), ("update", first.DisplayId, "3"));
        sink.Events[2].Bundle.MimeTypes.Should().Equal("text/plain");
        first.DisplayId.Should().NotBe(second.DisplayId);
    }

    [Fact]
    public async Task Two_sessions_in_one_process_keep_apart_on_every_thread_that_they_start()
    {
        var sinks = await Task.WhenAll(Enumerable.Range(0, 8).Select(session => Task.Run(async () =>
        {
            var sink = new RecordingSink();
            Sink = sink;
            await Task.Yield();
            var thread = new Thread(() => session.Display());
            thread.Start();
            await Task.Run(() => session.Display());
            thread.Join();
            return sink;
        })));

        for (var session = 0; session < sinks.Length; session++)
            sinks[session].Events.Select(e => e.Bundle["text/plain"]).Should().Equal($"{session}", $"{session}");
    }

    [Fact]
    public void A_thread_that_no_flow_reaches_uses_the_last_sink_of_the_process()
    {
        var sink = new RecordingSink();
        Sink = sink;
        IDisplaySink? seen = null;
        var thread = new Thread(() => seen = Sink);

        thread.UnsafeStart();
        thread.Join();

        seen.Should().BeSameAs(sink);
    }

    [Fact]
    public void Null_can_be_displayed_and_null_as_sink_restores_the_console()
    {
        var sink = new RecordingSink();
        Sink = sink;
        ((object?)null).Display();

        Sink = null;

        sink.Events.Single().Bundle["text/plain"].Should().Be("null");
        Sink.Should().NotBeNull().And.NotBe(sink);
    }

    private sealed class RecordingSink : IDisplaySink
    {
        private readonly Lock _lock = new();
        private readonly List<(string Kind, MimeBundle Bundle, string DisplayId)> _events = [];

        public IReadOnlyList<(string Kind, MimeBundle Bundle, string DisplayId)> Events
        {
            get
            {
                lock (_lock) return [.. _events];
            }
        }

        public void Display(MimeBundle bundle, string displayId) => Add("display", bundle, displayId);

        public void Update(MimeBundle bundle, string displayId) => Add("update", bundle, displayId);

        private void Add(string kind, MimeBundle bundle, string displayId)
        {
            lock (_lock) _events.Add((kind, bundle, displayId));
        }
    }
}
