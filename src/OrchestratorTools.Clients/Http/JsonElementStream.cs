using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace OrchestratorTools.Clients.Http;

/// <summary>Reads one element of a streamed list; returns false when the reader ran out of bytes before the element's end.</summary>
/// <param name="reader">Stands on the element's first token; must stand on its last one afterwards.</param>
/// <param name="item">The element.</param>
internal delegate bool JsonItemReader<T>(ref Utf8JsonReader reader, out T? item);

/// <summary>
/// Walks a JSON answer element by element while it arrives: a bare array, or an object with the array in one of its members. The object's other members are kept.
/// Holds one buffer, which grows to the largest element (bounded), never the whole answer.
/// </summary>
internal sealed class JsonElementStream<T>(Stream stream, string arrayMember, JsonItemReader<T> readItem) : IAsyncDisposable
{
    /// <summary>The deepest nesting that is read.</summary>
    public const int MaximumDepth = 128;

    /// <summary>The largest element that is read.</summary>
    public const int MaximumElement = 16 * 1024 * 1024;

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _final;
    private bool _fresh = true;
    private string? _pendingMember;
    private Place _place = Place.BeforeRoot;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MaximumDepth });

    private enum Place
    {
        BeforeRoot,
        InRootObject,
        InArray,
        Done,
    }

    private enum Step
    {
        NeedData,
        Item,
        Progress,
        End,
    }

    /// <summary>The members beside the array, complete when <see cref="ReadAsync"/> returned false.</summary>
    public IReadOnlyDictionary<string, JsonElement> Members => _members;

    /// <summary>True when the root is an array, or an object that has the array.</summary>
    public bool SawArray { get; private set; }

    /// <summary>The raw bytes of <see cref="Current"/>; valid until the next read.</summary>
    public ReadOnlyMemory<byte> CurrentBytes { get; private set; }

    /// <summary>The element.</summary>
    public T? Current { get; private set; }

    /// <summary>Moves to the next element. Throws <see cref="JsonException"/> where the text is no JSON, is cut short, or passes a bound.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (Advance())
            {
                case Step.Item:
                    return true;
                case Step.End:
                    return false;
                case Step.NeedData:
                    await FillAsync(cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    break;
            }
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private Step Advance()
    {
        if (_place is Place.Done)
        {
            return Step.End;
        }

        if (_fresh)
        {
            return Step.NeedData;
        }

        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
        if (!reader.Read())
        {
            if (_final)
            {
                throw new JsonException("The answer ends in the middle.");
            }

            return Step.NeedData;
        }

        switch (_place)
        {
            case Place.BeforeRoot:
                _place = reader.TokenType switch
                {
                    JsonTokenType.StartArray => Place.InArray,
                    JsonTokenType.StartObject => Place.InRootObject,
                    _ => throw new JsonException("The answer is neither a list nor an object."),
                };
                SawArray = _place is Place.InArray;
                return Commit(ref reader, Step.Progress);

            case Place.InRootObject when reader.TokenType is JsonTokenType.EndObject:
                _place = Place.Done;
                return Commit(ref reader, Step.End);

            case Place.InRootObject when reader.TokenType is JsonTokenType.PropertyName:
                _pendingMember = reader.GetString();
                return Commit(ref reader, Step.Progress);

            case Place.InRootObject when reader.TokenType is JsonTokenType.StartArray && string.Equals(_pendingMember, arrayMember, StringComparison.Ordinal):
                _place = Place.InArray;
                SawArray = true;
                return Commit(ref reader, Step.Progress);

            case Place.InRootObject:
                var first = (int)reader.TokenStartIndex;
                if (!reader.TrySkip())
                {
                    return Step.NeedData;
                }

                using (var value = JsonDocument.Parse(_buffer.AsMemory(_start + first, (int)reader.BytesConsumed - first), new JsonDocumentOptions { MaxDepth = MaximumDepth }))
                {
                    _members[_pendingMember!] = value.RootElement.Clone();
                }

                return Commit(ref reader, Step.Progress);

            default:
                if (reader.TokenType is JsonTokenType.EndArray)
                {
                    _place = reader.CurrentDepth == 0 ? Place.Done : Place.InRootObject;
                    return Commit(ref reader, _place is Place.Done ? Step.End : Step.Progress);
                }

                var start = (int)reader.TokenStartIndex;
                if (!readItem(ref reader, out var item))
                {
                    if (_final)
                    {
                        throw new JsonException("The answer ends in the middle.");
                    }

                    return Step.NeedData;
                }

                Current = item;
                CurrentBytes = _buffer.AsMemory(_start + start, (int)reader.BytesConsumed - start);
                return Commit(ref reader, Step.Item);
        }
    }

    private Step Commit(ref Utf8JsonReader reader, Step step)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        return step;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _fresh = false;
        if (_final)
        {
            throw new JsonException("The answer ends in the middle.");
        }

        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaximumElement)
            {
                throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"One element of the answer is larger than {MaximumElement >> 20} MiB."));
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        // Fill well before parsing again: an element that is larger than what came is read again from its beginning.
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _final = read == 0;
        _end += read;
        Garbage.Passed(read);
    }
}
