using System.Text.Json.Serialization;

namespace ConcurrencyNotebooks;

/// <summary>Reads and writes charts with code that is compiled with the library: reflection would cost the first chart of a process 100 ms.</summary>
[JsonSerializable(typeof(ChartForm))]
internal sealed partial class ChartJson : JsonSerializerContext;
