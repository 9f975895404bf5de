using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What a method gives back, ready to be written as it is: bare in REST, as the member <c>result</c> in JSON-RPC.</summary>
internal abstract class Answer
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A method that gives nothing back.</summary>
    public static Answer None { get; } = new WholeAnswer(ReadOnlyMemory<byte>.Empty);

    /// <summary>How many bytes are written; null where that is not known before.</summary>
    public virtual long? Length => null;

    /// <summary>An answer that is small enough to be made in memory.</summary>
    public static Answer Of(JsonNode node) => new WholeAnswer(JsonSerializer.SerializeToUtf8Bytes(node, Plain));

    /// <summary>An answer that is there as UTF-8.</summary>
    public static Answer Of(ReadOnlyMemory<byte> utf8) => new WholeAnswer(utf8);

    /// <summary>What many writing methods give back.</summary>
    /// <param name="rows">How many objects were changed.</param>
    /// <param name="error">Why not, although the request itself was right.</param>
    public static Answer Rows(int rows, string? error = null) => Of(new JsonObject { ["rows"] = rows, ["error"] = error });

    /// <summary>A list that is written item by item.</summary>
    /// <param name="items">Each as UTF-8, and good until the next one is taken.</param>
    /// <param name="metaData">Where there is one, the list comes as an object of <c>metaData</c> and <c>data</c>.</param>
    public static Answer List(IEnumerable<ReadOnlyMemory<byte>> items, JsonObject? metaData = null)
        => new ListAnswer(items, metaData is null ? "["u8.ToArray() : Head(metaData), metaData is null ? "]"u8.ToArray() : "]}"u8.ToArray());

    /// <summary>A list whose items are all there: its length is known before.</summary>
    public static Answer List(IReadOnlyList<ReadOnlyMemory<byte>> items, JsonObject? metaData = null)
        => List((IEnumerable<ReadOnlyMemory<byte>>)items, metaData);

    public static Answer List(IEnumerable<JsonNode> items, JsonObject? metaData = null)
        => List(items.Select(i => (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(i, Plain)), metaData);

    /// <summary>A page of APIv2: where it is, its items, and its <c>metaData</c>.</summary>
    public static Answer Page(ReadOnlySpan<byte> href, IEnumerable<JsonNode> items, JsonObject metaData)
        => new ListAnswer(
            items.Select(i => (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(i, Plain)),
            [.. "{\"_href\":"u8, .. href, .. ",\"metaData\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(metaData, Plain), .. ",\"data\":["u8],
            "]}"u8.ToArray());

    public abstract Task WriteAsync(PipeWriter writer, CancellationToken cancellationToken);

    private static byte[] Head(JsonObject metaData)
        => [.. "{\"metaData\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(metaData, Plain), .. ",\"data\":["u8];

    private sealed class WholeAnswer(ReadOnlyMemory<byte> utf8) : Answer
    {
        public override long? Length => utf8.Length;

        public override Task WriteAsync(PipeWriter writer, CancellationToken cancellationToken)
        {
            writer.Write(utf8.Span);
            return Task.CompletedTask;
        }
    }

    private sealed class ListAnswer(IEnumerable<ReadOnlyMemory<byte>> items, byte[] head, byte[] tail) : Answer
    {
        /// <summary>Items are gathered before they are handed on: a hand-over costs more than a copy.</summary>
        private const int Gathered = 64 * 1024;

        public override long? Length { get; } = items is IReadOnlyList<ReadOnlyMemory<byte>> all
            ? head.Length + all.Sum(i => (long)i.Length) + Math.Max(0, all.Count - 1) + tail.Length
            : null;

        public override async Task WriteAsync(PipeWriter writer, CancellationToken cancellationToken)
        {
            var buffer = new ArrayBufferWriter<byte>(Gathered * 2);
            buffer.Write(head);
            var isFirst = true;
            foreach (var item in items)
            {
                if (!isFirst)
                    buffer.Write(","u8);

                isFirst = false;
                buffer.Write(item.Span);
                if (buffer.WrittenCount >= Gathered)
                {
                    await writer.WriteAsync(buffer.WrittenMemory, cancellationToken);
                    buffer.ResetWrittenCount();
                }
            }

            buffer.Write(tail);
            await writer.WriteAsync(buffer.WrittenMemory, cancellationToken);
        }
    }
}
